import type { ComputerSurroundings } from '../surroundings.js';
import type { Application } from './application.js';
import { linuxApplications } from './linux-applications.js';
import { macApplications } from './mac-applications.js';
import { windowsApplications } from './windows-applications.js';

/** The applications that are installed now, read afresh: people install while Tentacle runs. */
export async function installedApplications(
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<readonly Application[]> {
  switch (surroundings.platform) {
    case 'darwin':
      return macApplications(surroundings, signal);
    case 'win32':
      return windowsApplications(surroundings, signal);
    default:
      return linuxApplications(surroundings);
  }
}
