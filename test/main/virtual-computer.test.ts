import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadIdentity } from '../../src/lan/native/identity.js';
import { NativeTransport } from '../../src/lan/native/native-transport.js';
import { VirtualComputer, virtualComputerTransport } from '../../src/main/virtual-computer.js';
import { invoke, until, waiting } from '../lan/native/native-rig.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('a virtual computer serves the key that started it, and no stranger', async () => {
  using folder = temporaryFolder();
  const [owner, stranger] = await Promise.all(
    ['owner', 'stranger'].map((name) => loadIdentity(join(folder.path, name))),
  );
  if (!owner || !stranger) throw new TypeError('Two identities were asked for.');
  await using computer = await VirtualComputer.start(owner.fingerprint);

  await using mine = virtualComputerTransport(computer.address, owner);
  await mine.start(waiting);
  const [device] = mine.devices();
  expect(device).toMatchObject({ name: 'Virtual PC', kind: 'computer', virtual: true, state: 'ready' });
  const outcome = await invoke(mine, device?.id ?? '', 'set_clipboard', { text: 'hello' });
  expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', receipt: 'the clipboard holds "hello"' });

  await using theirs = virtualComputerTransport(computer.address, stranger);
  await theirs.start(waiting);
  await until(() => theirs.devices()[0]?.state === 'unauthorized');
  expect(await invoke(theirs, device?.id ?? '', 'set_clipboard', { text: 'x' })).not.toMatchObject({ status: 'done' });

  await using other = new NativeTransport({ folder: join(folder.path, 'stranger'), identity: stranger });
  const paired = await other.pair(`127.0.0.1:${computer.address.port}`, '12345678', waiting);
  expect(paired).toMatchObject({ ok: false, error: { code: 'PAIRING_SHUT' } });

  const impostor = { ...computer.address, fingerprint: stranger.fingerprint };
  await using misled = virtualComputerTransport(impostor, owner);
  await misled.start(waiting);
  expect(misled.devices()).toMatchObject([{ state: 'unauthorized' }]);
});
