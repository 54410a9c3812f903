import type { DoorLockServer, RvcRunModeServer } from '@matter/main/behaviors';
import type { MatterFaults } from './faults.js';
import type { MatterLibrary } from './matter-library.js';

/** How long a cover takes for one step, in milliseconds, and a step's size in hundredths of a percent. */
const STEP_MS = 100;
const STEP = 2_000;
/** How long a vacuum takes home, in milliseconds. */
const WAY_HOME_MS = 600;
const SLOW_MS = 8_000;

/** States of a vacuum and tags of its modes, by the numbers of Matter's application clusters 7.4 and 7.2. */
export const vacuumStates = {
  stopped: 0,
  running: 1,
  paused: 2,
  error: 3,
  seekingCharger: 64,
  charging: 65,
  docked: 66,
};
export const vacuumTags = { idle: 0x4000, cleaning: 0x4001 };
const IDLE_MODE = 0;
const CLEANING_MODE = 1;

/**
 * The clusters that need more than the library's own behaviour: switches and locks with faults, motors that take their time, a
 * vacuum that drives, a fan whose mode and speed agree.
 */
export function behaviorsOf(matter: MatterLibrary, faults: MatterFaults) {
  /** Whether a command is to be carried out. Rejects with a status for a device that refuses. */
  const isObeyed = async (): Promise<boolean> => {
    if (faults.current === 'refuse') throw new matter.StatusResponseError('It is busy.', matter.Status.Busy);
    if (faults.current === 'slow') await pause(SLOW_MS);
    return faults.current !== 'ignore';
  };

  class Switch extends matter.OnOffServer.with('Lighting') {
    override async on(): Promise<void> {
      if (await isObeyed()) await super.on();
    }
    override async off(): Promise<void> {
      if (await isObeyed()) await super.off();
    }
  }

  class Lock extends matter.DoorLockServer {
    override initialize() {
      // The library checks these although they belong to locks with a keypad.
      Object.assign(this.state, { wrongCodeEntryLimit: 10, userCodeTemporaryDisableTime: 10 });
      return super.initialize();
    }
    override async lockDoor(request: Parameters<DoorLockServer['lockDoor']>[0]): Promise<void> {
      if (!(await isObeyed())) return;
      if (faults.current === 'jam') this.state.lockState = 0;
      else await super.lockDoor(request);
    }
    override async unlockDoor(request: Parameters<DoorLockServer['unlockDoor']>[0]): Promise<void> {
      if (await isObeyed()) await super.unlockDoor(request);
    }
  }

  class Cover extends matter.WindowCoveringServer.with('Lift', 'PositionAwareLift') {
    override async handleMovement(
      _type: number,
      _reversed: boolean,
      _direction: number,
      target?: number,
    ): Promise<void> {
      if (target === undefined || !(await isObeyed())) return;
      const { endpoint } = this;
      const move = async (): Promise<void> => {
        for (;;) {
          // The new target stands only when the command has ended.
          await pause(STEP_MS);
          const at = endpoint.stateOf(Cover).currentPositionLiftPercent100ths ?? 0;
          if (at === target || endpoint.stateOf(Cover).targetPositionLiftPercent100ths !== target) return;
          if (faults.current === 'jam') return;
          const next = at < target ? Math.min(target, at + STEP) : Math.max(target, at - STEP);
          await endpoint.setStateOf(Cover, { currentPositionLiftPercent100ths: next });
        }
      };
      // The motor runs on after the command was answered; a home that closes meanwhile takes its endpoint away.
      void move().catch(() => {});
    }
  }

  class Vacuum extends matter.RvcOperationalStateServer {
    override async pause() {
      if (await isObeyed()) this.state.operationalState = vacuumStates.paused;
      return noError;
    }
    override async resume() {
      if (await isObeyed()) this.state.operationalState = vacuumStates.running;
      return noError;
    }
    override async goHome() {
      if (!(await isObeyed())) return noError;
      this.state.operationalState = vacuumStates.seekingCharger;
      const { endpoint } = this;
      await endpoint.setStateOf(RunMode, { currentMode: IDLE_MODE });
      const arrive = async (): Promise<void> => {
        await pause(WAY_HOME_MS);
        if (endpoint.stateOf(Vacuum).operationalState !== vacuumStates.seekingCharger) return;
        await endpoint.setStateOf(Vacuum, { operationalState: vacuumStates.docked });
      };
      void arrive().catch(() => {});
      return noError;
    }
  }

  class RunMode extends matter.RvcRunModeServer {
    override async changeToMode(request: Parameters<RvcRunModeServer['changeToMode']>[0]) {
      if (!(await isObeyed())) return { status: 0, statusText: '' };
      const answer = await super.changeToMode(request);
      const operationalState = request.newMode === CLEANING_MODE ? vacuumStates.running : vacuumStates.stopped;
      await this.endpoint.setStateOf(Vacuum, { operationalState });
      return answer;
    }
  }

  class Fan extends matter.FanControlServer {
    override initialize(): void {
      super.initialize();
      // A controller may write the setting, and not what follows from it.
      this.reactTo(this.events.percentSetting$Changed, this.#turn, { offline: true });
      this.reactTo(this.events.fanMode$Changed, this.#switch, { offline: true });
    }
    #turn(percent: number | null): void {
      if (percent === null) return;
      this.state.percentCurrent = percent;
      this.state.fanMode = percent === 0 ? 0 : percent < 34 ? 1 : percent < 67 ? 2 : 3;
    }
    #switch(mode: number): void {
      const least = [0, 20, 50, 100][mode] ?? 0;
      if (mode === 0 || (this.state.percentSetting ?? 0) === 0) this.state.percentSetting = least;
    }
  }

  return { Switch, Lock, Cover, Vacuum, RunMode, Fan };
}

const noError = { commandResponseState: { errorStateId: 0 } };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
