import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../platform/write-atomically.js';
import type { VirtualAddresses } from './virtual-world.js';

/** What a running `tentacle virtual` tells the other commands: where its devices listen and which process they live in. */
const recordSchema = z.object({
  process: z.number().int(),
  phones: z.array(z.string()),
  cars: z.array(z.string()),
  homes: z.array(z.string()),
  computers: z.array(
    z.object({
      id: z.uuid(),
      port: z.number().int().min(1).max(65_535),
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

const none: VirtualAddresses = { phones: [], cars: [], homes: [], computers: [] };

function recordPath(dataFolder: string): string {
  return join(dataFolder, 'virtual-devices.json');
}

/** Where the devices of a running `tentacle virtual` listen; nowhere when it does not run. */
export async function runningVirtualDevices(dataFolder: string): Promise<VirtualAddresses> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(recordPath(dataFolder), 'utf8')));
    process.kill(record.process, 0);
    return record;
  } catch {
    // No record, a damaged one, or one of a process that is gone: no virtual devices.
    return none;
  }
}

/** Announces the virtual devices of this process until the returned function is called. */
export async function announceVirtualDevices(
  dataFolder: string,
  addresses: VirtualAddresses,
): Promise<() => Promise<void>> {
  const path = recordPath(dataFolder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomically(path, `${JSON.stringify({ process: process.pid, ...addresses })}\n`);
  return () => rm(path, { force: true });
}
