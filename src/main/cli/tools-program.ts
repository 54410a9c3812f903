import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';

export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolCommands {
  list(connection: string, options: { json: boolean }): Promise<void>;
  allow(connection: string, names: readonly string[], options: { yes: boolean }): Promise<void>;
  disallow(connection: string, names: readonly string[]): Promise<void>;
  call(connection: string, tool: string, options: { args: ToolArguments; yes: boolean; json: boolean }): Promise<void>;
}

function argumentsArgument(text: string): ToolArguments {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new InvalidArgumentError('Write a JSON object, like \'{"city": "Oslo"}\'.');
  }
}

/** `tentacle tools ...`: what a connected MCP server offers, and what of it may be used. */
export function addToolCommands(program: Command, commands: ToolCommands): void {
  const tools = program.command('tools').description('the tools of an MCP server: list, allow, disallow, call');
  tools
    .command('list')
    .description('what the server offers, what may be used, what has changed since')
    .argument('<connection>')
    .option('--json', 'as JSON', false)
    .action(async (connection: string, options: { json: boolean }) => commands.list(connection, options));
  tools
    .command('allow')
    .description('shows tools as they are now, and lets them be used after a yes')
    .argument('<connection>')
    .argument('[tools...]', 'all of them where none is named')
    .option('-y, --yes', 'answer what would be asked with yes', false)
    .action(async (connection: string, names: string[], options: { yes: boolean }) =>
      commands.allow(connection, names, options),
    );
  tools
    .command('disallow')
    .description('takes tools out of use')
    .argument('<connection>')
    .argument('[tools...]', 'all of them where none is named')
    .action(async (connection: string, names: string[]) => commands.disallow(connection, names));
  tools
    .command('call')
    .description('calls an allowed tool by its name')
    .argument('<connection>')
    .argument('<tool>')
    .option('--args <json>', 'its arguments', argumentsArgument, {})
    .option('-y, --yes', 'answer what would be asked with yes', false)
    .option('--json', 'the outcome as JSON', false)
    .action(async (connection: string, tool: string, options: { args: ToolArguments; yes: boolean; json: boolean }) =>
      commands.call(connection, tool, options),
    );
}
