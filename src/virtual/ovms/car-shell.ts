import type { MetricValue } from './metric.js';

/** What a command of the shell does, and what it prints. */
export interface ShellRun {
  /** The command without its arguments: "climatecontrol on", "unlock". */
  readonly command: string;
  /** The metrics that it changes, in the car and after a while. */
  readonly changes: Readonly<Record<string, MetricValue>>;
  readonly prints: string;
  readonly printsOnError: string;
  /** The module tells what changed at once; else with its next report. */
  readonly isEvent: boolean;
  readonly tellsAll: boolean;
}

export interface ShellView {
  readonly pin: string | null;
  metric(name: string): MetricValue;
}

const nothing = { changes: {}, isEvent: false, tellsAll: false };

/** The few commands of the module's shell that cars share, with the words of the firmware. */
export function runLine(line: string, car: ShellView): ShellRun {
  const [first = '', second = '', ...rest] = line.trim().split(/\s+/);
  const two = `${first} ${second}`;
  if (rest.length === 0 && (two === 'climatecontrol on' || two === 'climatecontrol off'))
    return climate(second === 'on');
  if (rest.length === 0 && (two === 'charge start' || two === 'charge stop')) return charge(second === 'start', car);
  if (first === 'lock' || first === 'unlock') return lock(first, [second, ...rest], car);
  if (two === 'server v3' && rest.join(' ') === 'update all') {
    const prints = 'Server V3 data update for all metrics has been scheduled\n';
    return { ...nothing, command: 'server v3 update all', prints, printsOnError: 'Error\n', tellsAll: true };
  }
  if (two === 'server v3' && rest.join(' ') === 'status') {
    const prints = 'State: Connected\n       OVMS V3 MQTT login successful\n';
    return { ...nothing, command: 'server v3 status', prints, printsOnError: 'Error\n' };
  }
  const prints = 'Unrecognised command\n';
  return { ...nothing, command: line, prints, printsOnError: prints };
}

function climate(isOn: boolean): ShellRun {
  return {
    ...nothing,
    command: `climatecontrol ${isOn ? 'on' : 'off'}`,
    changes: { 'v.e.hvac': isOn },
    prints: `Climate Control \n${isOn ? 'on' : 'off'}\n`,
    printsOnError: 'Error: Climate Control failed\n',
  };
}

function charge(isStart: boolean, car: ShellView): ShellRun {
  const command = isStart ? 'charge start' : 'charge stop';
  const printsOnError = `Error: Could not ${isStart ? 'start' : 'stop'} charge\n`;
  if (isStart && car.metric('v.c.pilot') !== true) return { ...nothing, command, prints: printsOnError, printsOnError };
  return {
    ...nothing,
    command,
    changes: { 'v.c.charging': isStart, 'v.c.state': isStart ? 'charging' : 'stopped' },
    prints: `Charge has been ${isStart ? 'started' : 'stopped'}\n`,
    printsOnError,
    isEvent: true,
  };
}

function lock(command: 'lock' | 'unlock', [pin = '', ...rest]: readonly string[], car: ShellView): ShellRun {
  const usage = `Usage: ${command} <pin>\n`;
  if (pin === '' || rest.length > 0) return { ...nothing, command, prints: usage, printsOnError: usage };
  const printsOnError = `Error: vehicle could not be ${command}ed\n`;
  if (car.pin === null || pin !== car.pin) return { ...nothing, command, prints: printsOnError, printsOnError };
  const changes = { 'v.e.locked': command === 'lock' };
  return { ...nothing, command, changes, prints: `Vehicle ${command}ed\n`, printsOnError, isEvent: true };
}
