/** Text as it is compared leniently: no case, no articles or possessives in front, no punctuation around. */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim()
    .replace(/^(?:the|a|an|my|our|some) /, '');

function same(a, b, lenient) {
  if (typeof a === 'object' && a !== null) return typeof b === 'object' && b !== null && a.$ref === b.$ref;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 0.051;
  if (typeof a === 'string' && typeof b === 'string')
    return lenient ? plain(a) === plain(b) : a.toLowerCase() === b.toLowerCase();
  return a === b;
}

/** Values that may be written or left out. */
const defaults = { take_a_photo: { camera: 'back' }, set_volume: { volume_type: 'media' } };

function sameArguments(a, b, lenient) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => name in a && name in b && same(a[name], b[name], lenient));
}

function sameCall(a, b, lenient) {
  const targets =
    (a.target ?? null) === (b.target ?? null) || (lenient && plain(a.target ?? '') === plain(b.target ?? ''));
  const after = JSON.stringify([...(a.after ?? [])].sort()) === JSON.stringify([...(b.after ?? [])].sort());
  const filled = ({ function: name, args }) => ({ ...defaults[name], ...args });
  return a.function === b.function && targets && after && sameArguments(filled(a), filled(b), lenient);
}

const functionsOf = ({ calls }) =>
  calls
    .map((call) => call.function)
    .sort()
    .join(' ');

/** Which calls wait for which, and which fill which: the plan without its values. */
const graphOf = ({ calls }) =>
  JSON.stringify(
    calls.map((call) => [
      call.function,
      [...(call.after ?? [])].sort(),
      Object.entries(call.args)
        .filter(([, value]) => typeof value === 'object' && value !== null)
        .map(([name, value]) => [name, value.$ref]),
    ]),
  );

/** A plan as a person compares it at a glance. */
export const brief = (plan) =>
  plan.calls
    .map((call) => `${call.function}${call.target ? `@${call.target}` : ''}${JSON.stringify(call.args)}`)
    .join(' + ') || plan.decision;

/** What of one plan is as it was meant. */
export function judge(want, got) {
  const sameDecision = want.decision === got.decision;
  const sameFunctions = sameDecision && functionsOf(want) === functionsOf(got);
  const whole = (lenient) => {
    if (!sameFunctions || want.calls.length !== got.calls.length) return false;
    // Calls that wait for nothing may stand in any order.
    if (want.calls.every((call, index) => sameCall(call, got.calls[index], lenient))) return true;
    const isFree = (plan) =>
      plan.calls.every(({ after, args }) => (after ?? []).length === 0 && !JSON.stringify(args).includes('$ref'));
    if (!isFree(want) || !isFree(got)) return false;
    const left = [...got.calls];
    return want.calls.every((call) => {
      const at = left.findIndex((other) => sameCall(call, other, lenient));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  };
  const sameGraph = sameFunctions && graphOf(want) === graphOf(got);
  return { sameDecision, sameFunctions, sameGraph, strict: whole(false), lenient: whole(true) };
}

const share = (list, key) => (list.length === 0 ? null : list.filter((row) => row[key]).length / list.length);

/** The figures of a list of judged plans, as shares of 1. */
export function summary(list) {
  return {
    count: list.length,
    decision: share(list, 'sameDecision'),
    functions: share(list, 'sameFunctions'),
    graph: share(list, 'sameGraph'),
    planStrict: share(list, 'strict'),
    planLenient: share(list, 'lenient'),
  };
}

/**
 * Expected calibration error over ten equal bins: how far the stated confidence is from the share of right functions. A plan
 * that was asked about counts with the reading it holds likeliest.
 */
export function calibration(judged) {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { want, got } of judged) {
    const likeliest =
      got.calls.length > 0 || got.decision === 'irrelevant' ? got.calls : got.clarification?.choices?.[0]?.calls;
    const bin = bins[Math.min(9, Math.floor(got.confidence * 10))];
    bin.count += 1;
    bin.confidence += got.confidence;
    bin.right += likeliest && functionsOf({ calls: likeliest }) === functionsOf(want) ? 1 : 0;
  }
  const error = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, judged.length);
  return {
    expectedCalibrationError: error,
    bins: bins.map(({ count, confidence, right }) =>
      count === 0 ? null : { count, confidence: confidence / count, right: right / count },
    ),
  };
}

/** The functions that were taken for others, most often first. */
export function confusions(judged) {
  const counts = new Map();
  for (const { want, got } of judged.filter(({ sameFunctions }) => !sameFunctions)) {
    const pair = `${functionsOf(want) || want.decision} -> ${functionsOf(got) || got.decision}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([pair, count]) => ({ pair, count }));
}
