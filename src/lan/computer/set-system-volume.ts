import { z } from 'zod';
import { pause } from '../../core/deadline.js';
import { failed, readBack } from '../../core/outcomes.js';
import { computerFunction } from './computer-function.js';
import type { ComputerSurroundings } from './surroundings.js';
import { type VolumeControl, type VolumeState, volumeControlsOf } from './volume.js';

/** How far the level that is read back may be from the asked one, in percent: sound cards have steps. */
const STEP = 2;

/** With which pauses the volume is read before it counts as not set. */
const LOOKS_MS = [0, 100, 400];

/** Sets the volume of the output in use and reads it back. `prior` is the level before. Muting stays as it is. */
export const setSystemVolume = computerFunction({
  name: 'set_system_volume',
  args: z.object({ level: z.number().min(0).max(100) }),
  thing: 'volume',
  async whyNot(surroundings, signal) {
    const controls = volumeControlsOf(surroundings);
    if (controls.length === 0) return 'No program that sets the volume is there (wpctl, pactl or amixer).';
    for (const control of controls) if (await read(control, surroundings, signal)) return null;
    return 'No sound output is there whose volume can be set.';
  },
  async run({ level }, surroundings, call) {
    let detail = 'no sound output is there';
    for (const control of volumeControlsOf(surroundings)) {
      const before = await read(control, surroundings, call.signal);
      // A sound server that does not run; the next program may talk to another one.
      if (!before) continue;
      call.markSent();
      const ran = await surroundings.run(control.set(level), call.signal);
      const now = await readNear(level, control, surroundings, call.signal);
      if (ran.code === 0 && now && isNear(now, level)) {
        const prior = before.level <= 100 ? { prior: { level: before.level } } : {};
        return readBack(`volume ${now.level} %${now.isMuted ? ', and muted' : ''}`, prior);
      }
      detail = `${control.name}: ${ran.stderr.trim() || `the volume is ${now ? `${now.level} %` : 'not known'}`}`;
    }
    return failed('VOLUME_NOT_SET', 'The volume could not be set.', 'Look which output the sound goes to.', detail);
  },
});

const isNear = (state: VolumeState, level: number): boolean => Math.abs(state.level - level) <= STEP;

/** Reads until it is as asked, or as often as it may: PipeWire takes a moment. */
async function readNear(
  level: number,
  control: VolumeControl,
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<VolumeState | null> {
  let state: VolumeState | null = null;
  for (const wait of LOOKS_MS) {
    await pause(wait, signal);
    state = await read(control, surroundings, signal);
    if (state && isNear(state, level)) break;
  }
  return state;
}

async function read(
  control: VolumeControl,
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<VolumeState | null> {
  const { code, stdout } = await surroundings.run(control.get, signal);
  return code === 0 ? control.parse(stdout) : null;
}
