import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { argumentsSchema } from '../../../src/catalog/arguments-schema.js';
import { computerFunctions as descriptors } from '../../../src/catalog/computer.js';
import { deviceSchema } from '../../../src/core/device.js';
import { outcomeSchema } from '../../../src/core/outcome.js';
import { computerFunctions } from '../../../src/lan/computer/computer-functions.js';
import { ComputerTransport } from '../../../src/lan/computer/computer-transport.js';
import { offeredFunctions } from '../../../src/lan/computer/offered-functions.js';
import { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { describeTransport } from '../../transport-contract.js';
import { addProgram, surroundingsWith, TestCall } from './rig.js';

const cleanup = new Cleanup();
afterAll(() => cleanup[Symbol.asyncDispose]());

/** A clipboard that is a file: the smallest desktop that can be commanded and read back. */
function withFileClipboard(extra = ''): { readonly surroundings: ComputerSurroundings; readonly file: string } {
  const bin = cleanup.use(temporaryFolder()).path;
  const file = join(bin, 'clipboard');
  addProgram(
    bin,
    'xclip',
    `${extra}\ncase "$*" in *-in) cat > '${file}';; *TARGETS) echo TEXT;; *) cat '${file}';; esac`,
  );
  return { surroundings: surroundingsWith({ DISPLAY: ':0', PATH: `${bin}:/usr/bin:/bin`, XDG_DATA_DIRS: bin }), file };
}

const startOptions = () => ({ signal: new AbortController().signal, timeoutMs: 10_000 });
const setText = { callId: 'c1', function: 'set_clipboard', args: { text: 'hello' }, contacts: {} };

describeTransport('computer', async () => {
  const transport = new ComputerTransport(withFileClipboard().surroundings);
  await transport.start(startOptions());
  return {
    transport,
    deviceId: 'computer:this',
    call: { function: 'set_clipboard', args: { text: 'hello' } },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
});

describe('ComputerTransport', () => {
  it('has this computer as a device, with what it is called and can do', async () => {
    await using transport = new ComputerTransport(withFileClipboard().surroundings);
    const seen: string[] = [];
    transport.watch(([device]) => seen.push(device?.state ?? 'none'));
    expect(transport.devices()).toMatchObject([{ id: 'computer:this', state: 'connecting', functions: [] }]);
    await transport.start(startOptions());
    expect(seen).toEqual(['ready']);
    const [device] = transport.devices();
    expect(deviceSchema.parse(device)).toEqual(device);
    expect(device).toMatchObject({
      kind: 'computer',
      name: 'testbox',
      aliases: ['this computer', 'this PC', 'my laptop', 'my computer', '这台电脑', '电脑', '本机'],
      transport: 'computer',
      stateReason: null,
      virtual: false,
      details: { desktop: 'unnamed on x11', 'no show_notification': expect.stringMatching(/session bus/) },
    });
    expect(device?.functions).toContain('set_clipboard');
    expect(device?.functions).not.toContain('show_notification');
    expect(await transport.findContacts('computer:this')).toEqual({ ok: true, value: [] });
  });

  it('is there with no functions, and says why, on a machine without a screen and sound', async () => {
    const headless = surroundingsWith({ PATH: cleanup.use(temporaryFolder()).path });
    await using transport = new ComputerTransport(headless);
    await transport.start(startOptions());
    const [device] = transport.devices();
    expect(device).toMatchObject({ state: 'unsupported', functions: [], details: { desktop: 'none' } });
    expect(device?.stateReason).toMatch(/No screen is known here/);
    const options = { key: 'k', ...startOptions() };
    expect(await transport.invoke('computer:this', setText, options)).toMatchObject({ status: 'failed' });
  });

  it('calls a program that hangs after it was sent unknown, within its time', async () => {
    const { surroundings, file } = withFileClipboard(`case "$*" in *-in) sleep 30;; esac`);
    await using transport = new ComputerTransport(surroundings);
    await transport.start(startOptions());
    const started = Date.now();
    const options = { key: 'k', signal: new AbortController().signal, timeoutMs: 700 };
    expect(await transport.invoke('computer:this', setText, options)).toMatchObject({ status: 'unknown' });
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(existsSync(file)).toBe(false);
  });

  it('ends what runs when it is closed', async () => {
    const { surroundings } = withFileClipboard(`case "$*" in *-in) sleep 30;; esac`);
    const transport = new ComputerTransport(surroundings);
    await transport.start(startOptions());
    const running = transport.invoke('computer:this', setText, { key: 'k', ...startOptions() });
    await transport[Symbol.asyncDispose]();
    expect(['unknown', 'refused']).toContain((await running).status);
  });

  it('gives up the first look at the timeout, with the device still there', async () => {
    const { surroundings } = withFileClipboard();
    await using transport = new ComputerTransport(surroundings);
    await transport.start({ signal: AbortSignal.abort(), timeoutMs: 10_000 });
    expect(transport.devices()).toMatchObject([{ state: 'connecting' }]);
  });

  it('knows the machine that it runs on, whatever that is', async () => {
    await using transport = new ComputerTransport(new ComputerSurroundings());
    await transport.start(startOptions());
    expect(transport.devices()).toMatchObject([{ state: expect.stringMatching(/^(ready|unsupported)$/) }]);
  });
});

describe('computerFunctions', () => {
  it('are those of the catalogue, with its arguments and its word on repeating', () => {
    expect(computerFunctions.map(({ name, repeat }) => ({ name, repeat }))).toEqual(
      descriptors.map(({ name, repeat }) => ({ name, repeat })),
    );
    const examples: Readonly<Record<string, string | number>> = {
      url: 'example.org',
      name: 'Files',
      text: 'a',
      level: 5,
    };
    for (const descriptor of descriptors) {
      const args = Object.fromEntries(descriptor.parameters.map(({ name }) => [name, examples[name]]));
      const own = computerFunctions.find(({ name }) => name === descriptor.name);
      expect(argumentsSchema(descriptor, { refs: false }).parse(args)).toEqual(own?.args.parse(args));
    }
  });

  it('serve a call that came over the network, without this transport', async () => {
    const { surroundings, file } = withFileClipboard();
    const { offered } = await offeredFunctions(surroundings, AbortSignal.timeout(10_000));
    const served = offered.map(({ name, args, repeat, run }) => ({
      name,
      args,
      repeat,
      run: (given: unknown, { signal, key }: { signal: AbortSignal; key: string }) =>
        run(given, surroundings, { signal, key, markSent: () => {} }),
    }));
    const call = { signal: AbortSignal.timeout(10_000), key: 'k' };
    const outcome = await served.find(({ name }) => name === 'set_clipboard')?.run({ text: 'over the network' }, call);
    expect(outcomeSchema.parse(outcome)).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(existsSync(file)).toBe(true);
  });

  it('send nothing where the arguments are of another form', async () => {
    for (const each of computerFunctions) {
      const call = new TestCall();
      if (each.name === 'lock_screen') continue;
      expect(await each.run({ other: 1 }, surroundingsWith({}), call)).toMatchObject({
        status: 'refused',
        by: 'device',
      });
      expect(call.isSent).toBe(false);
    }
  });
});
