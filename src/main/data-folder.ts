import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Tentacle keeps the user's data: TENTACLE_DATA if set, else the platform's own place. Nothing is kept elsewhere.
 */
export function dataFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.TENTACLE_DATA) return environment.TENTACLE_DATA;
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Tentacle');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tentacle');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tentacle');
}
