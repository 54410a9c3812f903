import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What a running `tentacle virtual` tells the other commands: where its phones listen and which process they live in. */
const recordSchema = z.object({ process: z.number().int(), phones: z.array(z.string()) });

function recordPath(dataFolder: string): string {
  return join(dataFolder, 'virtual-devices.json');
}

/** The addresses of the phones that `tentacle virtual` runs right now; empty when it does not run. */
export async function runningVirtualPhones(dataFolder: string): Promise<readonly string[]> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(recordPath(dataFolder), 'utf8')));
    process.kill(record.process, 0);
    return record.phones;
  } catch {
    // No record, a damaged one, or one of a process that is gone: no virtual phones.
    return [];
  }
}

/** Announces the phones of this process until the returned function is called. */
export async function announceVirtualPhones(
  dataFolder: string,
  phones: readonly string[],
): Promise<() => Promise<void>> {
  const path = recordPath(dataFolder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify({ process: process.pid, phones })}\n`, { mode: 0o600 });
  return () => rm(path, { force: true });
}
