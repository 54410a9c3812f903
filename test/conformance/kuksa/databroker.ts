import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { carSignals } from '../../../src/virtual/car/vss/signals.js';
import { toWire } from '../../../src/virtual/car/vss/wire-value.js';
import { Cleanup } from '../../support/cleanup.js';
import { freePort } from '../../support/free-port.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import type { KuksaPeer } from '../../virtual/car/kuksa-contract.js';
import { RawClient, statusOf } from '../../virtual/car/raw-client.js';
import { vssTree } from './vss-tree.js';

const signals = carSignals({ name: 'Virtual Car', vin: 'TNTCAR00VX7000001' });

/** Eclipse's databroker on loopback with the virtual car's tree and values, and a provider that does what it is told. */
export async function startDatabroker(binary: string): Promise<KuksaPeer & { readonly address: string }> {
  const cleanup = new Cleanup();
  try {
    const address = await startProcess(binary, cleanup);
    const client = cleanup.use(new RawClient({ address }));
    await untilAnswering(client);
    for (const signal of signals) {
      if (signal.initial !== null) await client.publish(signal.path, toWire(signal, signal.initial));
    }
    await provide(client);
    return { address, client, [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose]() };
  } catch (error) {
    await cleanup[Symbol.asyncDispose]();
    throw error;
  }
}

async function startProcess(binary: string, cleanup: Cleanup): Promise<string> {
  const folder = cleanup.use(temporaryFolder()).path;
  const tree = join(folder, 'vss.json');
  writeFileSync(tree, JSON.stringify(vssTree(signals)));
  const port = await freePort();
  const where = ['--address', '127.0.0.1', '--port', String(port)];
  const options = ['--vss', tree, '--insecure', '--disable-authorization', '--worker-threads', '1'];
  const process = spawn(binary, [...where, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(process, 'spawn');
  const ended = once(process, 'exit');
  cleanup.defer(async () => {
    process.kill('SIGKILL');
    await ended;
  });
  return `127.0.0.1:${port}`;
}

async function untilAnswering(client: RawClient): Promise<void> {
  const end = Date.now() + 10_000;
  while ((await statusOf(client.call('GetServerInfo', {}, 1_000))) !== 'OK') {
    if (Date.now() > end) throw new Error('the databroker does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const action = z.object({
  action: z.string(),
  batch_actuate_stream_request: z
    .object({ actuate_requests: z.array(z.object({ signal_id: z.looseObject({}), value: z.looseObject({}) })) })
    .optional(),
});

/** Claims all actuators, and makes every target the actual value. */
async function provide(client: RawClient): Promise<void> {
  const stream = client.openProvider();
  // The stream breaks when the databroker is ended.
  stream.on('error', () => {});
  const claimed = new Promise<void>((resolve) => {
    stream.on('data', (message: unknown) => {
      const { action: name, batch_actuate_stream_request: batch } = action.parse(message);
      if (name === 'provide_actuation_response') resolve();
      for (const { signal_id, value } of batch?.actuate_requests ?? []) {
        void client.call('PublishValue', { signal_id, data_point: { value } });
      }
    });
  });
  const actuators = signals.filter(({ entry }) => entry === 'actuator').map(({ path }) => ({ path }));
  stream.write({ provide_actuation_request: { actuator_identifiers: actuators } });
  await claimed;
}
