import { fileURLToPath } from 'node:url';

/** The folder of the package: two levels above `dist/main` and `src/main` alike. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** The embedded model's manifest; TENTACLE_MODEL names another one. */
export function modelManifest(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.TENTACLE_MODEL ?? fileURLToPath(new URL('../../models/manifest.json', import.meta.url));
}
