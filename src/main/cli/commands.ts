import type { Failure } from '../../core/failure.js';
import type { Plan } from '../../core/plan.js';
import { systemClock } from '../../core/ports/clock.js';
import type { Gate } from '../../core/ports/gate.js';
import { isCarriedOut } from '../../core/report.js';
import { momentOf } from '../../orchestrator/resolve/local-datetime.js';
import { RiskGate } from '../../trust/risk-gate.js';
import { acceptUtterance } from '../accept-utterance.js';
import { openPlanner } from '../current-planner.js';
import { Host } from '../host.js';
import { planSentence } from '../plan-sentence.js';
import type { SessionEnd, SessionView } from '../session.js';
import type { VirtualWorld } from '../virtual-world.js';
import { Asker } from './ask.js';
import { planBatch, planJson } from './batch.js';
import { ConnectionsCli, connectionExitCodes } from './connections.js';
import type { DeviceCommand } from './device-program.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { LineReader } from './line-reader.js';
import { ModelsCli, modelExitCodes } from './models.js';
import { Notice } from './notice.js';
import type { CarryOutOptions, Commands, HistoryOptions, PlanOptions, VirtualOptions } from './program.js';
import { Progress } from './progress.js';
import { renderDevices } from './render-devices.js';
import { renderFailure } from './render-failure.js';
import { renderHistory } from './render-history.js';
import { renderPlan } from './render-plan.js';
import { renderReport } from './render-report.js';
import { TeachCli } from './teach.js';
import { type Terminal, terminalOf } from './terminal.js';
import { ToolsCli, toolExitCodes } from './tools.js';

/** What a command that was cancelled, or could not begin, ends with. */
const exitCodes: Readonly<Record<string, ExitCode>> = {
  CANCELLED: exitCode.cancelled,
  UTTERANCE_EMPTY: exitCode.usage,
  UTTERANCE_TOO_LONG: exitCode.usage,
  BAD_ADDRESS: exitCode.usage,
  MEANING_MISSING: exitCode.usage,
  MEANING_UNREADABLE: exitCode.usage,
  MEANING_INVALID: exitCode.usage,
  NOT_TAUGHT: exitCode.usage,
  ...modelExitCodes,
  ...connectionExitCodes,
  ...toolExitCodes,
};

/**
 * The commands of the command line. Plans and reports go to standard output, everything else to standard error. What only one
 * command needs is loaded by it: a sentence must not wait for servers and protocols that it does not use.
 */
export class CliCommands implements Commands {
  /** Of the last command: what the process exits with. */
  exit: ExitCode = exitCode.done;
  readonly #signal: AbortSignal;
  readonly #out: Terminal = terminalOf(process.stdout);
  readonly #err: Terminal = terminalOf(process.stderr);
  readonly #reader = new LineReader(process.stdin, process.stdout);

  readonly models: ModelsCli;
  readonly connections: ConnectionsCli;
  readonly tools: ToolsCli;
  readonly device: DeviceCommand;
  readonly teaching = new TeachCli({ out: this.#out, err: this.#err, fail: (failure) => this.fail(failure) });

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    const console = {
      out: this.#out,
      err: this.#err,
      reader: this.#reader,
      signal,
      fail: (failure: Failure) => this.fail(failure),
    };
    this.models = new ModelsCli(console);
    this.connections = new ConnectionsCli(console);
    this.tools = new ToolsCli({
      ...console,
      exit: (code) => {
        this.exit = code;
      },
    });
    this.device = {
      run: async (options) => {
        const { DeviceCli } = await import('./device.js');
        await new DeviceCli(console).run(options);
      },
    };
  }

  async carryOut(sentence: string, options: CarryOutOptions): Promise<void> {
    await this.#withHost(options.connect, async (host) => {
      await this.#prepare(host, sentence, options);
    });
    this.#reader[Symbol.dispose]();
  }

  async prompt(options: CarryOutOptions): Promise<void> {
    await this.#withHost(options.connect, async (host) => {
      void host.planner.warmUp({ signal: this.#signal, timeoutMs: WARM_UP_TIMEOUT_MS });
      await this.#findDevices(host);
      if (process.stdin.isTTY) this.#err.write('Say what to do. An empty line or Ctrl+D ends.\n');
      let worst: ExitCode = exitCode.done;
      for (;;) {
        const line = await this.#reader.read('› ', this.#signal);
        if (line === null || (line.trim() === '' && process.stdin.isTTY)) break;
        if (line.trim() === '') continue;
        this.exit = exitCode.done;
        await this.#carryOutOn(host, line, options);
        if (this.exit !== exitCode.done) worst = this.exit;
      }
      // A person at a prompt saw each report; a pipe learns from the exit code that something was not done.
      this.exit = this.#signal.aborted ? exitCode.cancelled : process.stdin.isTTY ? exitCode.done : worst;
    });
    this.#reader[Symbol.dispose]();
  }

  /** Needs the model alone: no journal, no devices. */
  async plan(sentence: string | null, options: PlanOptions): Promise<void> {
    await using planner = await openPlanner();
    const moment = options.now ?? momentOf(new Date(systemClock.now()));
    const dependencies = { planner, clock: systemClock, signal: this.#signal };
    if (options.batch) {
      await planBatch(process.stdin, (line) => void process.stdout.write(line), dependencies, {
        now: moment,
        locale: options.locale,
        signal: this.#signal,
      });
      if (this.#signal.aborted) this.exit = exitCode.cancelled;
      return;
    }
    const utterance = acceptUtterance(sentence ?? '', 'cli', options.locale, systemClock.now());
    if (!utterance.ok) return this.fail(utterance.error);
    const planned = await planSentence(utterance.value.text, options.locale, moment, dependencies);
    if (!planned.ok) return this.fail(planned.error);
    const plan = planned.value;
    this.#out.write(options.json ? `${JSON.stringify(planJson(plan))}\n` : renderPlan(plan, [], this.#out));
    this.#undecided(plan);
  }

  async devices(options: { json: boolean; connect: readonly string[] }): Promise<void> {
    await this.#withHost(options.connect, async (host) => {
      await host.findDevices(this.#signal);
      const devices = host.session.devices();
      this.#out.write(options.json ? `${JSON.stringify(devices, null, 2)}\n` : renderDevices(devices, this.#out));
      this.#sayProblems(host);
    });
  }

  async history(options: HistoryOptions): Promise<void> {
    await this.#withHost([], async (host) => {
      const entries = await host.journal.history(options.limit);
      if (!entries.ok) return this.fail(entries.error);
      this.#out.write(
        options.json ? `${JSON.stringify(entries.value, null, 2)}\n` : renderHistory(entries.value, this.#out),
      );
    });
  }

  async virtual(options: VirtualOptions): Promise<void> {
    const { runVirtualDevices } = await import('./virtual.js');
    const failure = await runVirtualDevices(options, this.#out, this.#signal);
    if (failure) this.fail(failure);
  }

  async serve(options: { port: number }): Promise<void> {
    const { serveApi } = await import('./serve.js');
    const failure = await serveApi(options.port, this.#out, this.#signal);
    if (failure) this.fail(failure);
  }

  async #withHost(connect: readonly string[], use: (host: Host) => Promise<void>): Promise<void> {
    const opened = await Host.open({ connect });
    if (!opened.ok) return this.fail(opened.error);
    await using host = opened.value;
    this.#sayRecovered(host);
    await use(host);
  }

  async #prepare(host: Host, sentence: string, options: CarryOutOptions): Promise<void> {
    // A sentence that cannot be meant is refused before any device is looked for.
    const utterance = acceptUtterance(sentence, 'cli', options.locale, host.clock.now());
    if (!utterance.ok) return this.fail(utterance.error);
    // The model loads while the devices are looked for.
    void host.planner.warmUp({ signal: this.#signal, timeoutMs: WARM_UP_TIMEOUT_MS });
    await this.#findDevices(host);
    await this.#carryOutOn(host, sentence, options);
  }

  async #findDevices(host: Host): Promise<void> {
    using _notice = new Notice(this.#err, 'Looking for devices');
    await host.findDevices(this.#signal);
    if (this.#signal.aborted) return;
    const virtual = await host.standIn(this.#signal);
    // Without any device it goes without saying that no adb server runs.
    if (virtual) this.#err.write(usingVirtual(virtual));
    else this.#sayProblems(host);
  }

  async #carryOutOn(host: Host, sentence: string, options: CarryOutOptions): Promise<void> {
    const utterance = acceptUtterance(sentence, 'cli', options.locale, host.clock.now());
    if (!utterance.ok) return this.fail(utterance.error);
    const asker = process.stdin.isTTY ? new Asker(this.#out, this.#reader) : null;
    const progress = new Progress(this.#err);
    const shown: { plan: Plan | null } = { plan: null };
    using planning = new Notice(this.#err, 'Planning');
    const view: SessionView = {
      choose: async (clarification, signal) => {
        planning[Symbol.dispose]();
        return asker ? asker.choose(clarification, signal) : null;
      },
      showPlan: (plan, devices) => {
        planning[Symbol.dispose]();
        shown.plan = plan;
        this.#out.write(renderPlan(plan, devices, this.#out));
      },
      onEvent: (event) => {
        if (shown.plan) progress.show(shown.plan, event);
      },
    };
    const gate: Gate = new RiskGate({
      grantAll: options.yes,
      ask: asker ? (plan, call, { signal }) => asker.allow(plan, call, host.session.devices(), signal) : null,
    });
    const ended = await host.session.carryOut(utterance.value, gate, view, this.#signal);
    if (!ended.ok) return this.fail(ended.error);
    this.#end(ended.value);
  }

  #end({ plan, report }: SessionEnd): void {
    if (!report) {
      this.#undecided(plan);
      return;
    }
    this.#out.write(renderReport(report, this.#out));
    if (this.#signal.aborted) this.exit = exitCode.cancelled;
    else this.exit = isCarriedOut(report) ? exitCode.done : exitCode.notDone;
  }

  #undecided(plan: Plan): void {
    if (plan.decision === 'irrelevant') this.exit = exitCode.irrelevant;
    if (plan.decision === 'clarify') this.exit = exitCode.unclear;
  }

  /** Says what happened and what to do next, and ends with the exit code for it. */
  fail(failure: Failure): void {
    this.#err.write(renderFailure(failure, this.#err));
    this.exit = exitCodes[failure.code] ?? exitCode.unavailable;
  }

  #sayProblems(host: Host): void {
    for (const problem of host.problems()) this.#err.write(renderFailure(problem, this.#err));
  }

  #sayRecovered(host: Host): void {
    const count = host.recovered.length;
    if (count === 0) return;
    const calls = count === 1 ? 'One call' : `${count} calls`;
    this.#err.write(
      `${calls} of an earlier run ended without an answer and will not be sent again: tentacle history shows more.\n`,
    );
  }
}

function usingVirtual({ addresses: { phones, cars, homes }, computer }: VirtualWorld): string {
  const places = `phone (adb connect ${phones[0]}), car (${cars[0]}), home (${homes[0]}) and computer (${computer.name})`;
  return `You have no devices here yet: using a virtual ${places}.\n`;
}

/** Loading the model from a cold disk. */
const WARM_UP_TIMEOUT_MS = 30_000;
