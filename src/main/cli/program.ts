import { Command, InvalidArgumentError, Option } from 'commander';
import { type Locale, localeSchema } from '../../core/utterance.js';
import { parseMoment } from '../../orchestrator/resolve/local-datetime.js';
import type { LocalMoment } from '../../orchestrator/resolve/local-moment.js';
import { addConnectionCommands, type ConnectionCommands } from './connections-program.js';
import { addDeviceCommand, type DeviceCommand } from './device-program.js';
import { addModelCommands, type ModelCommands } from './models-program.js';
import { addTeachCommand, type TeachCommand } from './teach-program.js';
import { addToolCommands, type ToolCommands } from './tools-program.js';

export interface CarryOutOptions {
  readonly yes: boolean;
  readonly locale: Locale;
  readonly connect: readonly string[];
}

export interface PlanOptions {
  readonly json: boolean;
  readonly batch: boolean;
  readonly now: LocalMoment | null;
  readonly locale: Locale;
}

export interface HistoryOptions {
  readonly limit: number;
  readonly json: boolean;
}

export interface VirtualOptions {
  readonly port: number;
  readonly phones: number;
}

/** What the command line can ask for; each resolves to an exit code. */
export interface Commands {
  carryOut(sentence: string, options: CarryOutOptions): Promise<void>;
  prompt(options: CarryOutOptions): Promise<void>;
  plan(sentence: string | null, options: PlanOptions): Promise<void>;
  devices(options: { json: boolean; connect: readonly string[] }): Promise<void>;
  history(options: HistoryOptions): Promise<void>;
  virtual(options: VirtualOptions): Promise<void>;
  serve(options: { port: number }): Promise<void>;
  readonly models: ModelCommands;
  readonly connections: ConnectionCommands;
  readonly tools: ToolCommands;
  readonly device: DeviceCommand;
  readonly teaching: TeachCommand;
}

function momentArgument(value: string): LocalMoment {
  const moment = parseMoment(value);
  if (!moment) throw new InvalidArgumentError('Write it as 2026-11-21T09:30.');
  return moment;
}

function localeArgument(value: string): Locale {
  const locale = localeSchema.safeParse(value);
  if (!locale.success) throw new InvalidArgumentError('Use en-US or zh-CN.');
  return locale.data;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('Write a whole number.');
  return number;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const locale = () =>
  new Option('--locale <locale>', 'language of the sentence').argParser(localeArgument).default('en-US');
const connect = () =>
  new Option('--connect <host:port>', 'also use the phone at this address (repeatable)').argParser(collect).default([]);

/** The command line: `tentacle "<sentence>"` and its siblings. Parsing throws CommanderError where commander would exit. */
export function createProgram(commands: Commands, version: string): Command {
  const program = new Command('tentacle')
    .description('Command every device you own in one sentence.')
    .version(version)
    .argument('[sentence...]', 'what to do; without one, a prompt takes sentence after sentence')
    .option('-y, --yes', 'allow for this run what would be asked first', false)
    .addOption(locale())
    .addOption(connect())
    // Before the subcommands, which inherit it.
    .exitOverride()
    .showHelpAfterError('(tentacle --help shows what there is)')
    .enablePositionalOptions()
    .action(async (words: string[], options: CarryOutOptions) => {
      await (words.length === 0 ? commands.prompt(options) : commands.carryOut(words.join(' '), options));
    });
  program
    .command('plan')
    .description('show what would be done, and do nothing')
    .argument('[sentence...]')
    .option('--json', 'as JSON', false)
    .option('--batch', 'one sentence a line on standard input, one plan as JSON a line on standard output', false)
    .addOption(
      new Option('--now <time>', 'the moment that "tomorrow" is counted from, local ISO')
        .argParser(momentArgument)
        .default(null),
    )
    .addOption(locale())
    .action(async (words: string[], options: PlanOptions) => {
      await commands.plan(words.length === 0 ? null : words.join(' '), options);
    });
  program
    .command('devices')
    .description('list the devices that are connected')
    .option('--json', 'as JSON', false)
    .addOption(connect())
    .action(async (options: { json: boolean; connect: readonly string[] }) => commands.devices(options));
  program
    .command('history')
    .description('what was asked, what was sent, what came of it')
    .option('--limit <count>', 'how many sentences', wholeNumber, 20)
    .option('--json', 'as JSON', false)
    .action(async (options: HistoryOptions) => commands.history(options));
  program
    .command('virtual')
    .description('run virtual devices in the foreground, for adb and other clients')
    .option('--port <port>', "the first phone's port; 0 for any free one", wholeNumber, 5_577)
    .option('--phones <count>', 'how many phones', wholeNumber, 1)
    .action(async (options: VirtualOptions) => commands.virtual(options));
  program
    .command('serve')
    .description('serve the API to programs of this computer, in the foreground')
    .option('--port <port>', 'where to listen on 127.0.0.1; 0 for any free port', wholeNumber, 5_580)
    .action(async (options: { port: number }) => commands.serve(options));
  addConnectionCommands(program, commands.connections);
  addToolCommands(program, commands.tools);
  addDeviceCommand(program, commands.device);
  addModelCommands(program, commands.models);
  addTeachCommand(program, commands.teaching);
  return program;
}
