import { AdbTransport } from '../../src/adb/adb-transport.js';
import { HttpPublicData } from '../../src/adb/public-data/http-public-data.js';
import type { PublicData } from '../../src/adb/public-data/public-data.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { CallArguments, Contact } from '../../src/core/plan.js';
import { systemClock } from '../../src/core/ports/clock.js';
import { VirtualPhone, type VirtualPhoneOptions } from '../../src/virtual/phone/virtual-phone.js';
import { PublicDataServer } from '../../src/virtual/public-data/public-data-server.js';
import { AdbServerProcess } from '../support/adb.js';
import { Cleanup } from '../support/cleanup.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A phone and the bridge that commands it. */
export interface PhoneRig extends AsyncDisposable {
  readonly phone: VirtualPhone;
  readonly transport: AdbTransport;
  readonly deviceId: string;
  readonly folder: string;
  invoke(name: string, args?: CallArguments, options?: InvokeOverrides): Promise<Outcome>;
  /** What a command says on the phone, past the bridge. */
  shell(line: string): Promise<string>;
}

export interface InvokeOverrides {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly contacts?: Readonly<Record<string, Contact>>;
}

export type Way = 'adb server' | 'direct TCP';

const SEARCH_MS = 10_000;
const CALL_MS = 20_000;

/** A virtual phone reached over the real adb server, or directly where there is none. */
export async function openRig(
  way: Way,
  phoneOptions: VirtualPhoneOptions = {},
  publicData?: PublicData,
): Promise<PhoneRig> {
  const phone = await VirtualPhone.start(phoneOptions);
  const rig = await openRigTo(phone, phone.address, way, publicData);
  return {
    ...rig,
    [Symbol.asyncDispose]: async () => {
      await rig[Symbol.asyncDispose]();
      await phone.stop();
    },
  };
}

/** A phone that listens at the address, whatever daemon speaks for it. */
export async function openRigTo(
  phone: VirtualPhone,
  address: string,
  way: Way,
  instead?: PublicData,
): Promise<PhoneRig> {
  const stack = new Cleanup();
  const folder = stack.use(temporaryFolder());
  const publicData = await PublicDataServer.start();
  stack.defer(() => publicData.stop());
  const server = way === 'adb server' ? stack.use(await AdbServerProcess.start()) : null;
  if (server) await server.connect(address);
  const client = instead ?? new HttpPublicData(publicData.endpoints);
  const transport = stack.use(
    new AdbTransport({
      dataFolder: folder.path,
      addresses: server ? [] : [address],
      server: server ? { host: '127.0.0.1', port: server.port } : null,
      clock: systemClock,
      publicData: () => client,
      userKeyFile: `${folder.path}/no-such-key`,
    }),
  );
  await transport.start({ signal: new AbortController().signal, timeoutMs: SEARCH_MS });
  const deviceId = `adb:${phone.serial}`;
  if (transport.devices().find(({ id }) => id === deviceId)?.state !== 'ready') {
    const found = transport.devices().map(({ id, state, stateReason }) => `${id} ${state} ${stateReason}`);
    await stack[Symbol.asyncDispose]();
    throw new Error(`The phone is not reached over ${way}: ${found.join('; ')}`);
  }
  let count = 0;
  return {
    phone,
    transport,
    deviceId,
    folder: folder.path,
    invoke: (name, args = {}, { signal = new AbortController().signal, timeoutMs = CALL_MS, contacts = {} } = {}) => {
      count += 1;
      return transport.invoke(
        deviceId,
        { callId: `c${count}`, function: name, args, contacts },
        { key: `key-${count}`, signal, timeoutMs },
      );
    },
    shell: async (line) => {
      if (server) return server.adb('-s', address, 'shell', line);
      const output: Buffer[] = [];
      await phone.run(line, {
        stdin: async () => Buffer.alloc(0),
        stdout: (bytes) => void output.push(bytes),
        stderr: (bytes) => void output.push(bytes),
        signal: new AbortController().signal,
      });
      return Buffer.concat(output).toString('utf8');
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
