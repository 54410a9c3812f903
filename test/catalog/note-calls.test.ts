import { describe, expect, it } from 'vitest';
import { readCalls } from '../../src/catalog/call-notation.js';
import { noteCalls } from '../../src/catalog/note-calls.js';
import type { Call } from '../../src/core/plan.js';
import { draftOf } from '../../src/model/taught/noted-draft.js';
import { buildPlan } from '../../src/orchestrator/build-plan.js';

const now = { year: 2026, month: 11, day: 21, hour: 10, minute: 0 };

function callsOf(notation: string): readonly Call[] {
  const read = readCalls(notation);
  if (!read.ok) throw new RangeError(`${notation}: ${read.error.reason}`);
  return buildPlan(draftOf(read.value), notation, now, 0).calls;
}

describe('noteCalls', () => {
  it.each([
    'set_light(room="den", power=true)',
    'set_light(room="den", power=true) & set_tv_power(power=false)',
    'set_car_lock(locked=true) > set_light(power=false) & lock_screen() > take_screenshot()',
    'send_text_message(contact_name="Anna \\"A\\" Lee", message=get_current_location())',
    'send_photo(contact_name="Mum", photo=take_a_photo(camera=front)) > open_app(app_name="Maps")@"my tablet"',
    'set_timer_alarm(time="07:30", label="gym \\\\ bag")',
  ])('%s comes back', (notation) => {
    const written = noteCalls(callsOf(notation));
    expect(written).not.toBeNull();
    expect(callsOf(written ?? '')).toEqual(callsOf(notation));
  });

  it('has no form for a call that waits for only one of two', () => {
    const [first, second, third] = callsOf('set_tv_power(power=true) & lock_screen() > take_screenshot()');
    if (!first || !second || !third) throw new RangeError('three calls expected');
    expect(noteCalls([first, second, { ...third, after: [first.id] }])).toBeNull();
  });
});
