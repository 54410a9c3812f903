import { type Command, InvalidArgumentError } from 'commander';
import { sha256Schema } from '../../model/store/model-entry.js';

export interface AddModelOptions {
  readonly name?: string;
  /** 64 lower-case hexadecimal digits, or "none" when the user knowingly goes without. */
  readonly sha256?: string;
  readonly yes: boolean;
  readonly endpoint: boolean;
  readonly model?: string;
  readonly keyVariable?: string;
}

export interface ModelCommands {
  list(options: { json: boolean }): Promise<void>;
  use(name: string): Promise<void>;
  add(what: string, options: AddModelOptions): Promise<void>;
  remove(name: string, options: { yes: boolean }): Promise<void>;
}

function sha256Argument(value: string): string {
  const written = value.toLowerCase();
  if (written === 'none' || sha256Schema.safeParse(written).success) return written;
  throw new InvalidArgumentError('Write 64 hexadecimal digits, or none.');
}

function variableArgument(value: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return value;
  throw new InvalidArgumentError('Write the name of an environment variable, not the key itself.');
}

/** `tentacle models ...`: the embedded model and the user's own. */
export function addModelCommands(program: Command, commands: ModelCommands): void {
  const models = program.command('models').description('the models that can plan: list, use, add, remove');
  models
    .command('list')
    .description('the embedded model and your own')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => commands.list(options));
  models
    .command('use')
    .description('plan with this model from now on')
    .argument('<name>')
    .action(async (name: string) => commands.use(name));
  models
    .command('add')
    .description('add a GGUF file of yours, one to be downloaded, or an endpoint')
    .argument('<file or URL>')
    .option('--name <name>', 'how to call it')
    .option('--sha256 <hex>', 'what the file must be; none to go without', sha256Argument)
    .option('-y, --yes', 'answer what would be asked with yes', false)
    .option('--endpoint', 'the URL is an OpenAI-compatible endpoint', false)
    .option('--model <id>', "the endpoint's name of the model")
    .option('--key-variable <name>', "the environment variable that holds the endpoint's key", variableArgument)
    .action(async (what: string, options: AddModelOptions) => commands.add(what, options));
  models
    .command('remove')
    .description('forget a model; a file is deleted only if it was downloaded, and after a yes')
    .argument('<name>')
    .option('-y, --yes', 'also delete a downloaded file', false)
    .action(async (name: string, options: { yes: boolean }) => commands.remove(name, options));
}
