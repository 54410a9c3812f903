import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSystemVolume } from '../../../src/lan/computer/set-system-volume.js';
import type { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { Cleanup } from '../../support/cleanup.js';
import { startPipeWire, startPulseAudio } from '../../support/desktop/desktop.js';
import { execProgram } from '../../support/desktop/exec-program.js';
import { hasPrograms } from '../../support/desktop/programs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, run, surroundingsWith, TestCall } from './rig.js';

const cleanup = new Cleanup();
afterAll(() => cleanup[Symbol.asyncDispose]());

/** Surroundings in which these programs alone are found. */
function withOnly(programs: readonly string[], env: NodeJS.ProcessEnv): ComputerSurroundings {
  const { path } = cleanup.use(temporaryFolder());
  for (const program of programs) addProgram(path, program, `PATH=/usr/bin:/bin exec ${program} "$@"`);
  return surroundingsWith({ ...env, HOME: path, PATH: path });
}

const hasPulse = hasPrograms('volume on PulseAudio', {
  pulseaudio: 'pulseaudio',
  pactl: 'pulseaudio-utils',
  amixer: 'alsa-utils libasound2-plugins',
});

describe.skipIf(!hasPulse)('set_system_volume on PulseAudio', () => {
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    env = cleanup.use(await startPulseAudio(cleanup.use(temporaryFolder()).path)).env;
  });

  /** The level and the muting as pactl's list tells them, which Tentacle does not read. */
  async function listed(): Promise<string> {
    const { stdout } = await execProgram('pactl', ['list', 'sinks'], { ...process.env, ...env, LC_ALL: 'C' });
    return /Volume:.*?(\d+)%/.exec(stdout)?.[1] ?? stdout;
  }

  it.each([['pactl'], ['amixer']])('by %s', async (program) => {
    const surroundings = withOnly([program], env);
    expect(await setSystemVolume.whyNot(surroundings, AbortSignal.timeout(10_000))).toBeNull();
    let before = Number(await listed());
    for (const level of [0, 37, 100, 63, 1]) {
      expect(await run(setSystemVolume, { level }, surroundings)).toEqual({
        status: 'done',
        proof: 'read-back',
        receipt: `volume ${level} %`,
        data: null,
        prior: { level: before },
      });
      expect(await listed()).toBe(String(level));
      before = level;
    }
  });

  it('knows nothing to put back where the sound was amplified', async () => {
    await execProgram('pactl', ['set-sink-volume', '@DEFAULT_SINK@', '140%'], { ...process.env, ...env });
    expect(await run(setSystemVolume, { level: 50 }, withOnly(['pactl'], env))).toMatchObject({
      status: 'done',
      prior: null,
    });
  });

  it('leaves muting as it is, and says so where the program tells', async () => {
    const mute = (state: string) =>
      execProgram('pactl', ['set-sink-mute', '@DEFAULT_SINK@', state], { ...process.env, ...env });
    await mute('1');
    expect(await run(setSystemVolume, { level: 20 }, withOnly(['amixer'], env))).toMatchObject({
      receipt: 'volume 20 %, and muted',
    });
    await mute('0');
  });

  it('goes on to the next program where a sound server does not run', async () => {
    const surroundings = withOnly(['wpctl', 'pactl'], { ...env, XDG_RUNTIME_DIR: '/nonexistent' });
    expect(await run(setSystemVolume, { level: 45 }, surroundings)).toMatchObject({ proof: 'read-back' });
    expect(await listed()).toBe('45');
  });

  it('does not call set what is not: a program that does nothing', async () => {
    const surroundings = withOnly([], env);
    addProgram(surroundings.env['PATH'] ?? '', 'pactl', 'echo "Volume: front-left: 100 /  10% / -1 dB"');
    expect(await run(setSystemVolume, { level: 80 }, surroundings)).toMatchObject({
      status: 'failed',
      failure: { code: 'VOLUME_NOT_SET', detail: 'pactl: the volume is 10 %' },
    });
  });
});

const hasPipeWire = hasPrograms('volume on PipeWire', {
  pipewire: 'pipewire',
  wireplumber: 'wireplumber',
  wpctl: 'wireplumber',
  'pw-cli': 'pipewire-bin',
  'dbus-daemon': 'dbus',
});

describe.skipIf(!hasPipeWire)('set_system_volume on PipeWire', () => {
  it('by wpctl', async () => {
    const { env } = cleanup.use(await startPipeWire(cleanup.use(temporaryFolder()).path));
    const surroundings = withOnly(['wpctl'], env);
    const listed = async () =>
      (await execProgram('wpctl', ['status'], { ...process.env, ...env })).stdout.match(
        /silence\s+\[vol: ([\d.]+)/,
      )?.[1];
    expect(await run(setSystemVolume, { level: 80 }, surroundings)).toMatchObject({ proof: 'read-back' });
    expect(await listed()).toBe('0.80');
    expect(await run(setSystemVolume, { level: 7 }, surroundings)).toMatchObject({
      proof: 'read-back',
      receipt: 'volume 7 %',
      prior: { level: 80 },
    });
    expect(await listed()).toBe('0.07');
    await execProgram('wpctl', ['set-mute', '@DEFAULT_AUDIO_SINK@', '1'], { ...process.env, ...env });
    expect(await run(setSystemVolume, { level: 8 }, surroundings)).toMatchObject({ receipt: 'volume 8 %, and muted' });
  });
});

describe('set_system_volume', () => {
  it('is not offered without a program or without sound', async () => {
    const signal = AbortSignal.timeout(10_000);
    const silent = { PULSE_SERVER: 'unix:/nonexistent', XDG_RUNTIME_DIR: '/nonexistent' };
    expect(await setSystemVolume.whyNot(withOnly([], silent), signal)).toMatch(/wpctl, pactl or amixer/);
    const mute = withOnly([], silent);
    addProgram(mute.env['PATH'] ?? '', 'pactl', 'echo "Connection failure" >&2; exit 1');
    expect(await setSystemVolume.whyNot(mute, signal)).toMatch(/No sound output/);
    const call = new TestCall();
    expect(await setSystemVolume.run({ level: 5 }, mute, call)).toMatchObject({ status: 'failed' });
    expect(call.isSent).toBe(false);
  });

  it('refuses a level that is none', async () => {
    for (const level of [-1, 101, Number.NaN, '5', null]) {
      expect(await run(setSystemVolume, { level }, surroundingsWith({}))).toMatchObject({ status: 'refused' });
    }
  });
});
