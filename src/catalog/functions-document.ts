import { CATALOG_VERSION, catalog } from './catalog.js';
import type { FunctionDescriptor, ParameterDescriptor } from './function-descriptor.js';

const KINDS = [
  ['phone', 'Phones and tablets'],
  ['home', 'Homes'],
  ['car', 'Cars'],
  ['computer', 'Computers'],
] as const;

const FORMS = `A value is \`text\` as said; \`time\` "HH:MM"; \`datetime\` "YYYY-MM-DDTHH:MM" local; \`duration\` seconds; \`percent\` 0 to
100; \`celsius\` degrees; \`mm\` millimetres; \`boolean\` true or false; or one of the words listed. \`?\` may be left out. \`<-\` may be
another call's result. Risk: \`read\` looks only, \`safe\` is undone with a tap, \`confirm\` is asked first.`;

/** The catalogue as a page for people: docs/functions.md, which a test keeps equal to this. */
export function functionsDocument(): string {
  const sections = KINDS.map(([kind, title]) => {
    const rows = catalog.filter((descriptor) => descriptor.kind === kind).map(rowOf);
    return [`## ${title}`, '', '| function | parameters | result | risk |', '|---|---|---|---|', ...rows, ''].join(
      '\n',
    );
  });
  return [
    '# Functions',
    '',
    `The catalogue, version ${CATALOG_VERSION}: what a sentence can be planned into, and what \`tentacle teach --means\` takes.`,
    '',
    FORMS,
    '',
    'Calls are written `set_light(room="kitchen", power=true) & set_tv_power(power=false)` at once, `a() > b()` one after the other,',
    '`send_text_message(contact_name="Anna", message=get_current_location())` with a result inside, and `take_screenshot()@"my tablet"` on',
    'a named device.',
    '',
    ...sections,
  ].join('\n');
}

function rowOf(descriptor: FunctionDescriptor): string {
  const parameters = descriptor.parameters.map(parameterOf).join(', ');
  const risk = riskOf(descriptor);
  return `| \`${descriptor.name}\` | ${parameters} | ${descriptor.result ?? ''} | ${risk} |`;
}

function parameterOf({ name, type, optional, values, accepts, unit }: ParameterDescriptor): string {
  const form = values?.join('\\|') ?? unit ?? type;
  return `\`${name}${optional ? '?' : ''}\`: ${form}${accepts.length > 0 ? ' <-' : ''}`;
}

/** The risk of a call depends on its arguments for a few functions: their riskiest is shown. */
function riskOf(descriptor: FunctionDescriptor): string {
  return descriptor.risk({});
}
