import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cli } from '../support/cli.js';

const planned = z.object({
  decision: z.string(),
  recalled: z.object({ sentence: z.string(), match: z.string() }).optional(),
  calls: z.array(
    z.object({ function: z.string(), args: z.record(z.string(), z.unknown()), after: z.array(z.string()) }),
  ),
});

async function plan(cli: Cli, sentence: string): Promise<z.infer<typeof planned>> {
  const { stdout } = await cli.run(['plan', '--json', sentence]);
  return planned.parse(JSON.parse(stdout));
}

const MEANS = 'set_light(room="den", brightness=20) > set_tv_power(power=true)';

describe('tentacle teach', () => {
  it('a taught sentence means its calls at once, said exactly or nearly, and is shown as such', async () => {
    await using cli = await Cli.open();
    const taught = await cli.run(['teach', 'movie time', '--means', MEANS]);
    expect(taught).toMatchObject({ code: 0, stderr: '' });
    expect(taught.stdout).toContain('as you taught it');
    expect(await plan(cli, 'Movie time!')).toEqual({
      decision: 'plan',
      recalled: { sentence: 'movie time', match: 'exact' },
      calls: [
        { function: 'set_light', args: { room: 'den', brightness: 20 }, after: [] },
        { function: 'set_tv_power', args: { power: true }, after: ['c1'] },
      ],
    });
    expect((await plan(cli, 'movie time please')).recalled?.match).toBe('near');
    expect((await plan(cli, 'turn off the wifi')).recalled).toBeUndefined();
  });

  it('teaches that nothing is meant, lists, and forgets', async () => {
    await using cli = await Cli.open();
    await cli.run(['teach', 'turn off the wifi', '--means', 'nothing']);
    expect((await plan(cli, 'turn off the wifi')).decision).toBe('irrelevant');
    const listed = await cli.run(['teach', '--list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ sentence: 'turn off the wifi', means: '' }]);
    expect((await cli.run(['teach', '--forget', 'turn off the wifi'])).code).toBe(0);
    expect((await plan(cli, 'turn off the wifi')).calls[0]?.function).toBe('set_wifi');
    expect((await cli.run(['teach', '--forget', 'turn off the wifi'])).code).toBe(2);
  });

  it.each([
    ['set_light(room="den"', 'is expected here'],
    ['set_light(room="den")', "can't be made"],
    ['set_light(brightness=200)', "can't be made"],
    ['warp_drive()', 'there is no function warp_drive'],
  ])('%s is refused and not stored', async (means, reason) => {
    await using cli = await Cli.open();
    const refused = await cli.run(['teach', 'cosy', '--means', means]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(reason);
    expect((await cli.run(['teach', '--list'])).stdout).toContain('Nothing was taught yet');
  });

  it('a broken line is named by file and line, the others count', async () => {
    await using cli = await Cli.open();
    await cli.run(['teach', 'cosy', '--means', 'set_light(brightness=20)']);
    await appendFile(join(cli.dataFolder, 'taught.jsonl'), '{"sentence":\n');
    const listed = await cli.run(['teach', '--list']);
    expect(listed.stderr).toContain('taught.jsonl:2: is no taught example');
    expect(listed.stdout).toContain('cosy');
  });
});
