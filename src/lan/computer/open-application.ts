import { z } from 'zod';
import { MAX_TEXT_LENGTH } from '../../catalog/arguments-schema.js';
import { deviceSaid, failed, readBack, refusedByDevice } from '../../core/outcomes.js';
import { findApplication } from './applications/find-application.js';
import { installedApplications } from './applications/installed-applications.js';
import { computerFunction } from './computer-function.js';
import { NO_DISPLAY } from './reasons.js';

/** How long a started application is watched: one that cannot run mostly ends within this. */
const SETTLE_MS = 1_000;

/**
 * Starts an installed application by the name that a person gives it. On Linux it is seen to run; where a small program
 * hands the start over to the system (macOS, Windows, an application that runs already), its word is taken.
 */
export const openApplication = computerFunction({
  name: 'open_application',
  args: z.object({ name: z.string().min(1).max(MAX_TEXT_LENGTH) }),
  thing: 'applications',
  async whyNot(surroundings, signal) {
    if (!surroundings.hasDisplay) return NO_DISPLAY;
    const applications = await installedApplications(surroundings, signal);
    return applications.length > 0 ? null : 'No applications are installed here that could be opened.';
  },
  async run({ name }, surroundings, call) {
    const found = findApplication(await installedApplications(surroundings, call.signal), name);
    if (!found.ok) return refusedByDevice(found.error);
    const application = found.value;
    call.markSent();
    const started = await surroundings.start(application.start, { settleMs: SETTLE_MS, signal: call.signal });
    if (started.isRunning) {
      return surroundings.platform === 'linux'
        ? readBack(`${application.name} runs as process ${started.pid}`)
        : deviceSaid(`${application.name} was started`);
    }
    if (started.code === 0) return deviceSaid(`${application.name} took the start`);
    return failed(
      'NOT_STARTED',
      `${application.name} ended at once.`,
      'Start it by hand to see what it says.',
      started.stderr || `exit code ${started.code}`,
    );
  },
});
