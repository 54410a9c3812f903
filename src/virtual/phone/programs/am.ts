import { describeIntent, IntentSyntaxError, parseIntent } from '../activities/intent.js';
import { startActivity } from '../activities/start.js';
import type { Program, ProgramContext } from '../shell/program.js';

/** From this release on `am start` reports an error by its exit code; before, it only says so. */
const EXIT_CODES_SINCE_API = 35;

/** `am`: activities, and the user in front. */
export const am: Program = (context) => {
  const [command, ...args] = context.args;
  switch (command) {
    case 'start':
    case 'start-activity':
      return start(context, args);
    case 'get-current-user':
      context.out('0\n');
      return 0;
    case 'force-stop':
      return 0;
    default:
      context.err(`Unknown command: ${command ?? ''}\n`);
      return 255;
  }
};

function start(context: ProgramContext, args: readonly string[]): number {
  const { state } = context;
  const failure = state.apiLevel >= EXIT_CODES_SINCE_API ? 1 : 0;
  try {
    const intent = parseIntent(args);
    const described = describeIntent(intent);
    context.out(`Starting: ${described}\n`);
    const started = startActivity(state, intent);
    if (!started) {
      const message = `Error: Activity not started, unable to resolve ${described.replace(/ \}$/, ' flg=0x10000000 }')}\n`;
      // With -W the answer goes to the standard output, without it to the other one.
      if (intent.wait) context.out(message);
      else context.err(message);
      return failure;
    }
    if (intent.wait) {
      context.out(
        `Status: ok\nLaunchState: WARM\nActivity: ${started.component}\nTotalTime: 41\nWaitTime: 45\nComplete\n`,
      );
    }
    return 0;
  } catch (error) {
    if (!(error instanceof IntentSyntaxError)) throw error;
    context.err(`\nException occurred while executing 'start':\n${error.message}\n`);
    return 255;
  }
}
