import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/core/plan.js';
import { renderDevices } from '../../../src/main/cli/render-devices.js';
import { renderPlan } from '../../../src/main/cli/render-plan.js';
import { renderReport } from '../../../src/main/cli/render-report.js';
import { oneLine, type Terminal, wrap } from '../../../src/main/cli/terminal.js';
import { freezePlan } from '../../../src/orchestrator/freeze-plan.js';
import { done, fakeDevice } from '../../fakes/fake-transport.js';

const terminal = (width: number, colored = false): Terminal => ({
  width,
  colors: pc.createColors(colored),
  write: () => {},
});
const call: Call = {
  id: 'c1',
  function: 'send_text_message',
  args: { contact_name: 'Anna', message: 'a rather long message that does not fit on one line of a narrow terminal' },
  target: null,
  device: 'fake:1',
  after: [],
  contacts: { contact_name: { name: 'Anna \u001b[31mSchmidt', phoneNumber: '+1555', email: null } },
};
const plan = freezePlan({
  utterance: 'x',
  decision: 'plan',
  calls: [call, { ...call, id: 'c2', args: { ...call.args, message: { $ref: 'c1' } } }],
  confidence: 0.93,
  ms: 12,
});
const device = fakeDevice({ name: 'Ev\u0007il\u202e phone' });

describe('what the terminal shows', () => {
  it('fits a narrow terminal', () => {
    for (const line of renderPlan(plan, [device], terminal(40)).split('\n'))
      expect(line.length).toBeLessThanOrEqual(40);
    for (const line of renderDevices([device], terminal(40)).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('says what waits for what, who it goes to, and what asks', () => {
    const text = renderPlan(plan, [device], terminal(100));
    expect(text).toContain('(+1555)');
    expect(text).toContain('at once');
    expect(text).toContain('after c1');
    expect(text).toContain('asks first');
    expect(text).toContain('message: the result of c1');
  });

  it('holds no control character of a device or a person', () => {
    const report = renderReport(
      {
        utteranceId: 'u',
        plan,
        ms: 5,
        calls: [{ call: 'c1', device: device.id, deviceName: device.name, outcome: done('\u001b[2J'), ms: 3 }],
      },
      terminal(80),
    );
    for (const text of [renderPlan(plan, [device], terminal(80)), report, renderDevices([device], terminal(80))]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it('never calls done what was not', () => {
    const outcomes = [
      { status: 'unknown', since: 1, why: 'lost' },
      { status: 'handed-over', left: 'tap Send', receipt: 'draft' },
    ] as const;
    const [unknown, handedOver] = outcomes.map((outcome) =>
      renderReport(
        { utteranceId: 'u', plan, ms: 5, calls: [{ call: 'c1', device: null, deviceName: null, outcome, ms: 3 }] },
        terminal(80),
      ),
    );
    expect(unknown).toContain('not everything was done');
    expect(unknown).toContain('unknown');
    expect(handedOver).toContain('handed over');
    expect(handedOver).toContain('Left for you: tap Send');
  });

  it('keeps every word when it wraps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 20, max: 60 }),
        (words, width) => {
          const wrapped = wrap(`  ${words.join(' ')}`, width, '    ');
          expect(wrapped.split(/\s+/).filter((word) => word !== '')).toEqual(words);
          for (const line of wrapped.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
