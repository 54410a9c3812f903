import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { connectApi } from '../../support/api-client.js';
import { Cli } from '../../support/cli.js';

it('tentacle serve plans with the embedded model, learns a correction at once, and ends on Ctrl+C', async () => {
  await using cli = await Cli.open();
  const served = cli.start('serve', '--port', '0');
  if (!served.stdout) throw new RangeError('no standard output');
  try {
    const [line] = await once(createInterface(served.stdout), 'line');
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(String(line))?.[1]);
    using api = await connectApi(port, readFileSync(join(cli.dataFolder, 'api-token'), 'utf8').trim());
    const plan = await api.call.plan({ text: 'turn on the kitchen light', locale: 'en-US' });
    expect(plan.calls).toMatchObject([{ function: 'set_light', args: { room: 'kitchen', power: true } }]);
    const [call] = plan.calls;
    if (!call) throw new RangeError('no call');
    const dimmed = { ...call, args: { room: 'kitchen', brightness: 30 } };
    await api.call.taught.correct({ sentence: 'turn on the kitchen light', calls: [dimmed] });
    const again = await api.call.plan({ text: 'Turn on the kitchen light', locale: 'en-US' });
    expect(again).toMatchObject({ calls: [{ args: dimmed.args }], recalled: { match: 'exact' } });
  } finally {
    served.kill('SIGINT');
  }
  expect(await once(served, 'exit')).toEqual([0, null]);
}, 60_000);
