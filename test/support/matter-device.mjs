// A virtual Matter home in a process and a network of its own. Speaks JSON lines: one request in, one answer out.
// Started with the options of VirtualMatterHome as JSON; needs dist/ (npm run build).
import { createInterface } from 'node:readline';
import { VirtualMatterHome } from '../../dist/virtual/matter/virtual-matter-home.js';

const home = await VirtualMatterHome.open(JSON.parse(process.argv[2] ?? '{}'));
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
say({ codes: home.codes, names: home.names() });

for await (const line of createInterface({ input: process.stdin })) {
  const { get, set, fault } = JSON.parse(line);
  try {
    if (fault) home.fault = fault;
    if (set) await home.change(set.name, set.cluster, set.attributes);
    say({ attributes: get ? home.attributes(get.name, get.cluster) : null });
  } catch (error) {
    say({ error: String(error) });
  }
}
await home[Symbol.asyncDispose]();
