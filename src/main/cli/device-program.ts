import { type Command, InvalidArgumentError } from 'commander';

export interface DeviceCommandOptions {
  /** How the device is called; the computer's own name when absent. */
  readonly name?: string;
  readonly port: number;
  /** Where its key and its pairings are kept. */
  readonly folder?: string;
  readonly room?: string;
  /** Show a PIN at the start although a computer is paired. */
  readonly pair: boolean;
}

export interface DeviceCommand {
  run(options: DeviceCommandOptions): Promise<void>;
}

function portArgument(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new InvalidArgumentError('Write a number up to 65535.');
  return port;
}

/** `tentacle device`: this computer as a device of another one. */
export function addDeviceCommand(program: Command, command: DeviceCommand): void {
  program
    .command('device')
    .description('let another computer command this one, in the foreground')
    .option('--name <name>', 'how this computer is called')
    .option('--room <room>', 'the room that it stands in')
    .option('--port <port>', 'where to listen; 0 for any free port', portArgument, 7_420)
    .option('--folder <folder>', 'where its key and the computers that may command it are kept')
    .option('--pair', 'show a PIN now although a computer is paired', false)
    .action(async (options: DeviceCommandOptions) => command.run(options));
}
