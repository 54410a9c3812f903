import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/core/plan.js';
import { freezePlan } from '../../src/orchestrator/freeze-plan.js';
import { RiskGate } from '../../src/trust/risk-gate.js';

const call = (id: string, name: string, args: Call['args'] = {}): Call => ({
  id,
  function: name,
  args,
  target: null,
  device: null,
  after: [],
});
const plan = freezePlan({
  utterance: 'x',
  decision: 'plan',
  confidence: 1,
  ms: 0,
  calls: [
    call('c1', 'get_battery_level'),
    call('c2', 'send_text_message', { contact_name: 'Mom', message: 'hi' }),
    call('c3', 'set_door_lock', { locked: false }),
    call('c4', 'set_door_lock', { locked: true }),
  ],
});
const options = { signal: new AbortController().signal };
const verdicts = async (gate: RiskGate) =>
  Object.fromEntries([...(await gate.review(plan, options))].map(([id, { verdict }]) => [id, verdict]));

describe('RiskGate', () => {
  it('lets reads and safe calls pass, and refuses the rest where nobody can be asked', async () => {
    expect(await verdicts(new RiskGate({ grantAll: false, ask: null }))).toEqual({
      c1: 'allow',
      c2: 'deny',
      c3: 'deny',
      c4: 'allow',
    });
  });

  it('asks about exactly the calls that need a yes, one by one', async () => {
    const asked: string[] = [];
    const gate = new RiskGate({
      grantAll: false,
      ask: async (_plan, { id }) => {
        asked.push(id);
        return id === 'c2' ? 'allow' : 'deny';
      },
    });
    expect(await verdicts(gate)).toEqual({ c1: 'allow', c2: 'allow', c3: 'deny', c4: 'allow' });
    expect(asked).toEqual(['c2', 'c3']);
  });

  it('grants all for a run, bound to the plan', async () => {
    const given = await new RiskGate({ grantAll: true, ask: null }).review(plan, options);
    expect([...given.values()].every((verdict) => verdict.verdict === 'allow' && verdict.planHash === plan.hash)).toBe(
      true,
    );
  });

  it('refuses what the catalogue does not know, even when all is granted', async () => {
    const foreign = freezePlan({ ...plan, calls: [call('c1', 'format_disk')] });
    const given = await new RiskGate({ grantAll: true, ask: null }).review(foreign, options);
    expect(given.get('c1')?.verdict).toBe('deny');
  });
});
