import { type Command, Option } from 'commander';

export interface TeachOptions {
  readonly means?: string;
  readonly list: boolean;
  readonly forget: boolean;
  readonly json: boolean;
}

export interface TeachCommand {
  teach(sentence: string | null, options: TeachOptions): Promise<void>;
}

/** `tentacle teach ...`: what sentences of your own mean. */
export function addTeachCommand(program: Command, command: TeachCommand): void {
  program
    .command('teach')
    .description('teach what a sentence means; it counts from the next time you say it')
    .argument('[sentence...]')
    .addOption(
      new Option(
        '--means <calls>',
        'the calls, like \'set_light(room="den", power=true) & set_tv_power(power=true)\', or nothing',
      ).conflicts(['list', 'forget']),
    )
    .option('--list', 'show what was taught', false)
    .option('--forget', 'forget what was taught for the sentence', false)
    .option('--json', 'as JSON', false)
    .action(async (words: string[], options: TeachOptions) => {
      await command.teach(words.length === 0 ? null : words.join(' '), options);
    });
}
