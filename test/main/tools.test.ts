import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Cli } from '../support/cli.js';

const program = fileURLToPath(new URL('../support/mcp-program.mjs', import.meta.url));

it('an MCP server is added, its tools are seen, allowed, called by name, and written into the journal', async () => {
  await using cli = await Cli.open();
  const added = await cli.run(['add', 'mcp', '--name', 'lab', '--', process.execPath, program, 'today']);
  expect(added.code, added.stderr).toBe(0);
  const listed = await cli.run(['tools', 'list', 'lab', '--json']);
  const tools: { name: string; allowed: boolean; unusable: string | null }[] = JSON.parse(listed.stdout);
  expect(tools.map(({ allowed }) => allowed)).not.toContain(true);
  const tool = tools.find(({ name }) => name === 'arguments');
  expect(tool).toBeDefined();

  const early = await cli.run(['tools', 'call', 'lab', 'arguments', '--args', '{}', '--yes']);
  expect(early.code).toBe(1);
  const unasked = await cli.run(['tools', 'allow', 'lab', 'arguments']);
  expect(unasked).toMatchObject({ code: 1 });
  expect((await cli.run(['tools', 'allow', 'lab', 'arguments', '--yes'])).code).toBe(0);
  const called = await cli.run(['tools', 'call', 'lab', 'arguments', '--args', '{}', '--yes', '--json']);
  expect(JSON.parse(called.stdout)).toMatchObject({
    status: 'done',
    proof: 'device-said',
    data: { value: '["today"]' },
  });
  const history = JSON.parse((await cli.run(['history', '--json'])).stdout);
  expect(history[0]).toMatchObject({
    calls: [{ function: 'tool:arguments', args: {}, outcome: { status: 'done' } }],
  });

  expect((await cli.run(['tools', 'disallow', 'lab'])).code).toBe(0);
  expect((await cli.run(['tools', 'call', 'lab', 'arguments', '--args', '{}', '--yes'])).code).toBe(1);
  expect((await cli.run(['tools', 'list', 'nobody'])).code).toBe(2);
}, 120_000);
