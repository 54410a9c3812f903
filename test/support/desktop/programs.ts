import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's own Python: its packages are not there for another one. */
export const DEBIAN_PYTHON = '/usr/bin/python3';

/**
 * Whether all these programs are here; says loudly which tests are left out where one is not. The packages are Debian's.
 */
export function hasPrograms(what: string, programs: Readonly<Record<string, string>>): boolean {
  const missing = Object.keys(programs).filter((program) => !isInPath(program));
  if (missing.length === 0) return true;
  const packages = [...new Set(missing.map((program) => programs[program]))].join(' ');
  process.stderr.write(`\nSKIPPED, NOT TESTED: ${what}: ${missing.join(', ')} missing (apt-get install ${packages})\n`);
  return false;
}

/** Whether Debian's Python has this module; see {@link hasPrograms}. */
export function hasPythonModule(what: string, module: string, debianPackage: string): boolean {
  if (spawnSync(DEBIAN_PYTHON, ['-c', `import ${module}`]).status === 0) return true;
  process.stderr.write(
    `\nSKIPPED, NOT TESTED: ${what}: Python's ${module} missing (apt-get install ${debianPackage})\n`,
  );
  return false;
}

function isInPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
