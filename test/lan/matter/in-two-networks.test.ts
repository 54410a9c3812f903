import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NamespacePair, skipAloud, whyNoNamespaces } from '../../support/namespaces.js';

/**
 * Matter finds its devices by multicast, which two processes on one loopback do not hear from each other. So the checks in
 * test/conformance/matter run in a vitest of their own, inside a network namespace, against a virtual home in another one at the
 * other end of a cable. The quick ones belong to `npm test`; test/conformance/matter/run.sh runs all.
 */
const checks =
  process.env['TENTACLE_MATTER_CHECKS'] === 'all' ? ['functions', 'commissioning', 'faults'] : ['functions'];

const why = existsSync('dist/virtual/matter/virtual-matter-home.js')
  ? whyNoNamespaces()
  : 'dist/ is not built: run "npm run build".';
if (why !== null) skipAloud('Matter devices in a second network', why);

describe.skipIf(why !== null)('Matter, in two networks', () => {
  it.each(checks)('%s', { timeout: 900_000 }, async (check) => {
    await using networks = await NamespacePair.open();
    const { left, right } = networks;
    const [program, ...words] = left.command(
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'test/conformance/matter/vitest.config.ts',
      `test/conformance/matter/${check}.check.ts`,
    );
    const child = spawn(program, words, {
      env: { ...process.env, TENTACLE_OTHER_NETWORK: right.name, VITEST: '', NO_COLOR: '1' },
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(String(piece)));
    const [code] = await once(child, 'exit');
    const text = said.join('');
    if (code !== 0 || process.env['TENTACLE_MATTER_CHECKS']) process.stderr.write(text);
    expect(code).toBe(0);
    // A run that found no checks would be no proof.
    expect(text).toMatch(/Tests\s+\d+ passed/);
  });
});
