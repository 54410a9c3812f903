import { Deadline } from '../../core/deadline.js';
import { deadlinePassed } from '../../core/failures.js';
import { peerWords } from '../../core/peer-words.js';
import { phoneFailure } from '../failures.js';
import type { Link } from '../link/link.js';
import { runShell } from '../shell.js';
import { parsePackages, parseProperties } from './parse-properties.js';
import type { PhoneFacts } from './phone-facts.js';

/** How long a phone that was just connected may take to say what it is, in milliseconds. */
const PROBE_TIMEOUT_MS = 15_000;

const MAX_NAME = 60;

/** The property with which Tentacle's simulated phones say that they are none. */
export const VIRTUAL_PROPERTY = 'ro.tentacle.virtual';

/**
 * Asks a phone what it is and what is installed.
 *
 * @throws TentacleError SHELL_UNSUPPORTED, NOT_A_PHONE, DEADLINE, LINK_LOST, or the signal's reason.
 */
export async function probePhone(link: Link, fallbackSerial: string, parent: AbortSignal): Promise<PhoneFacts> {
  if (!link.features.has('shell_v2')) {
    throw phoneFailure(
      'SHELL_UNSUPPORTED',
      'This Android is too old for Tentacle: its shell does not report how a command ended.',
      'Android 7 or later is needed.',
    );
  }
  using deadline = new Deadline(parent, PROBE_TIMEOUT_MS, () => deadlinePassed('The phone', PROBE_TIMEOUT_MS));
  const { signal } = deadline;
  const [properties, packages, deviceName, user] = await Promise.all([
    runShell(link, ['getprop'], { signal }),
    runShell(link, ['pm', 'list', 'packages'], { signal }),
    runShell(link, ['settings', 'get', 'global', 'device_name'], { signal }),
    runShell(link, ['am', 'get-current-user'], { signal }),
  ]);
  const known = parseProperties(properties.stdout);
  const property = (name: string): string => peerWords(known.get(name) ?? '', MAX_NAME);
  const apiLevel = Number.parseInt(property('ro.build.version.sdk'), 10);
  if (!Number.isInteger(apiLevel)) {
    throw phoneFailure(
      'NOT_A_PHONE',
      'It speaks adb, but does not say which Android it runs.',
      'Tentacle commands Android devices only.',
      properties.stdout || properties.stderr,
    );
  }
  const [maker, model] = [property('ro.product.manufacturer'), property('ro.product.model')];
  const given = deviceName.exitCode === 0 ? peerWords(deviceName.stdout, MAX_NAME) : '';
  return {
    serial: property('ro.serialno') || property('ro.boot.serialno') || fallbackSerial,
    name: given !== '' && given !== 'null' ? given : joinMakerAndModel(maker, model),
    model,
    maker,
    apiLevel,
    release: property('ro.build.version.release'),
    securityPatch: property('ro.build.version.security_patch'),
    virtual: ['1', 'true'].includes(property(VIRTUAL_PROPERTY)),
    user: /^\d{1,6}$/.test(user.stdout.trim()) ? Number(user.stdout) : 0,
    packages: parsePackages(packages.stdout),
  };
}

function joinMakerAndModel(maker: string, model: string): string {
  if (model === '') return maker === '' ? 'Android phone' : maker;
  return model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`;
}
