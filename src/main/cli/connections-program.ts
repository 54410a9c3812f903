import { type Command, InvalidArgumentError, Option } from 'commander';
import { ADDED_KINDS, type AddedKind } from '../connections/new-connection.js';

export interface AddOptions {
  readonly name?: string;
  readonly username?: string;
  /** The environment variable that holds the password, token or PIN. */
  readonly secretVariable?: string;
  readonly vehicle?: string;
  /** The environment variable that holds an OVMS car's PIN. */
  readonly pinVariable?: string;
  readonly tls: boolean;
  readonly ca?: string;
  readonly yes: boolean;
}

export interface ConnectionCommands {
  add(kind: AddedKind, where: readonly string[], options: AddOptions): Promise<void>;
  list(options: { json: boolean }): Promise<void>;
  remove(name: string): Promise<void>;
}

function kindArgument(value: string): AddedKind {
  const kind = ADDED_KINDS.find((known) => known === value.toLowerCase());
  if (kind) return kind;
  throw new InvalidArgumentError(`Choose one of ${ADDED_KINDS.join(', ')}.`);
}

function variableArgument(value: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return value;
  throw new InvalidArgumentError('Write the name of an environment variable, not the secret itself.');
}

/** `tentacle add`, `connections`, `remove`: the user's cars, homes, phones and servers. */
export function addConnectionCommands(program: Command, commands: ConnectionCommands): void {
  program
    .command('add')
    .description('add a phone, an MQTT home, Home Assistant, a car, an MCP server or a device that shows a PIN')
    .argument('<kind>', ADDED_KINDS.join(', '), kindArgument)
    .argument('[where...]', 'a URL, host:port, for mcp a program after --; for device nothing looks for it')
    .option('--name <name>', 'how to call it')
    .option('--username <name>', 'who connects to the broker')
    .option('--vehicle <id>', "an OVMS car's id on its broker")
    .addOption(
      new Option('--pin-variable <name>', "the environment variable that holds an OVMS car's PIN").argParser(
        variableArgument,
      ),
    )
    .option('--tls', 'the car speaks TLS', false)
    .option('--ca <file>', 'the certificate (PEM) that vouches for the car')
    .addOption(
      new Option(
        '--secret-variable <name>',
        'the environment variable that holds the password, token or PIN',
      ).argParser(variableArgument),
    )
    .option('-y, --yes', 'add it although it cannot be reached now', false)
    .action(async (kind: AddedKind, where: string[], options: AddOptions) => commands.add(kind, where, options));
  program
    .command('connections')
    .description('what was added with "tentacle add"')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => commands.list(options));
  program
    .command('remove')
    .description('forget a connection, its devices and its secret')
    .argument('<name>')
    .action(async (name: string) => commands.remove(name));
}
