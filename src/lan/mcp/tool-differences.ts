import { canonicalJson } from '../../core/canonical-json.js';
import type { OfferedTool } from './offered-tool.js';
import { isObject } from './plain-schema.js';
import type { ToolDecision } from './tool-decisions.js';

/** Differences that are told of one tool at most. */
const MAX_DIFFERENCES = 10;

/** What is other in a tool than when the user decided on it, in sentences; empty when it is the same. */
export function toolDifferences(before: ToolDecision, now: OfferedTool): readonly string[] {
  if (before.fingerprint === now.fingerprint) return [];
  const told = [
    ...(before.title === now.title ? [] : [`Its title was ${quoted(before.title)} and is ${quoted(now.title)}.`]),
    ...(before.description === now.description
      ? []
      : [`Its description was ${quoted(before.description)} and is ${quoted(now.description)}.`]),
    ...parameterDifferences(before.schema, now),
  ];
  // The fingerprint covers what is cut or stripped before it is shown, too.
  return told.length === 0 ? ['It changed in what is not shown here.'] : told.slice(0, MAX_DIFFERENCES);
}

function parameterDifferences(before: string, now: OfferedTool): readonly string[] {
  const [old, present] = [parametersOf(JSON.parse(before)), parametersOf(now.schema)];
  const names = new Set([...old.keys(), ...present.keys()]);
  const told = [...names].flatMap((name) => {
    const [was, is] = [old.get(name), present.get(name)];
    if (was === undefined) return [`The parameter ${name} is new.`];
    if (is === undefined) return [`The parameter ${name} is gone.`];
    return was === is ? [] : [`The parameter ${name} takes something else.`];
  });
  return told.length === 0 && before !== canonicalJson(now.schema) ? ['What it takes changed.'] : told;
}

/** Each parameter's schema, and whether it is required, as one text. */
function parametersOf(schema: unknown): ReadonlyMap<string, string> {
  if (!isObject(schema) || !isObject(schema['properties'])) return new Map();
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return new Map(
    Object.entries(schema['properties']).map(([name, each]) => [name, canonicalJson([each, required.includes(name)])]),
  );
}

const quoted = (text: string | null): string => (text === null || text === '' ? 'empty' : JSON.stringify(text));
