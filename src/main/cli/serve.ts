import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { Failure } from '../../core/failure.js';
import { systemClock } from '../../core/ports/clock.js';
import { ApiServer } from '../api/api-server.js';
import { apiToken } from '../api/api-token.js';
import { createRouter } from '../api/router.js';
import { openPlanner } from '../current-planner.js';
import { dataFolder } from '../data-folder.js';
import { openTaught } from '../teaching.js';
import type { Terminal } from './terminal.js';

/** Serves the API until the signal aborts. Failures: PORT_TAKEN, TAUGHT_FAILED. */
export async function serveApi(port: number, terminal: Terminal, signal: AbortSignal): Promise<Failure | null> {
  const folder = dataFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const taught = await openTaught();
  if (!taught.ok) return taught.error;
  await using planner = await openPlanner();
  const router = createRouter({ planner, taught: taught.value, clock: systemClock });
  try {
    await using server = await ApiServer.start({ router, token: await apiToken(folder), port });
    terminal.write(`API on ws://127.0.0.1:${server.port}, token in ${folder}/api-token. Ctrl+C ends.\n`);
    if (!signal.aborted) await once(signal, 'abort');
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return {
      code: 'PORT_TAKEN',
      fault: 'user',
      message: `Port ${port} is in use: the API cannot listen there.`,
      next: 'Another "tentacle serve" may run already: choose another port with --port, or 0 for any.',
      detail: error.message,
    };
  }
}
