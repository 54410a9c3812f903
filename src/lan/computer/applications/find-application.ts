import { err, ok, type Result } from '../../../core/result.js';
import type { Application } from './application.js';
import { compact, nearestNames, wordsOf } from './nearest-names.js';

/** The most names that an answer lists. */
const MAX_LISTED = 3;

/** Words around a name that are not of it: "the calculator app", "微信应用". */
const AROUND = /^(?:the|my)\s+|\s+(?:app|application|program)$|(?:应用程序|应用|软件|程序)$/giu;

/** How well a name fits, best first: each is tried alone, so that a good fit is never unclear for the sake of a poor one. */
const FITS: readonly ((application: Application, said: string) => boolean)[] = [
  ({ names }, said) => names.some((name) => compact(name) === compact(said)),
  ({ ids }, said) => ids.some((id) => compact(id) === compact(said)),
  ({ genericNames }, said) => genericNames.some((name) => compact(name) === compact(said)),
  ({ names }, said) => names.some((name) => containsWords(name, said)),
];

/**
 * The installed application of this name, else why there is none, in a sentence with the nearest names. What is said is
 * only compared: it never becomes a program.
 */
export function findApplication(applications: readonly Application[], said: string): Result<Application, string> {
  for (const name of new Set([said.trim(), said.trim().replace(AROUND, '').trim()])) {
    if (compact(name) === '') continue;
    for (const fits of FITS) {
      const found = distinct(applications.filter((application) => fits(application, name)));
      const [first, second] = found;
      if (first && !second) return ok(first);
      if (first) return err(`Several applications fit "${shorten(said)}": ${list(found)}. Say which one.`);
    }
  }
  const nearest = nearestNames(applications, said).slice(0, MAX_LISTED);
  const hint = nearest.length > 0 ? ` The nearest are ${nearest.join(', ')}.` : '';
  return err(`No application "${shorten(said)}" is installed on this computer.${hint}`);
}

/** Chinese names have no spaces between words: there a part is enough. */
function containsWords(name: string, said: string): boolean {
  if (/\p{Script=Han}/u.test(said)) return compact(name).includes(compact(said));
  return ` ${wordsOf(name).join(' ')} `.includes(` ${wordsOf(said).join(' ')} `);
}

/** The same application may be there twice, as a package and as a file of the user's. */
function distinct(applications: readonly Application[]): readonly Application[] {
  const commands = applications.map((application): [string, Application] => [
    JSON.stringify(application.start),
    application,
  ]);
  return [...new Map(commands.reverse()).values()].reverse();
}

function list(applications: readonly Application[]): string {
  const names = applications.slice(0, MAX_LISTED).map(({ name }) => name);
  return applications.length > MAX_LISTED ? `${names.join(', ')} and others` : names.join(', ');
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
