import { describe, expect, it } from 'vitest';
import type { Call, Contact } from '../../src/core/plan.js';
import { ok } from '../../src/core/result.js';
import { settleContacts } from '../../src/orchestrator/settle-contacts.js';

const text = (name: string): Call => ({
  id: 'c1',
  function: 'send_text_message',
  args: { contact_name: name, message: 'hi' },
  target: null,
  device: 'adb:1',
  after: [],
});
const person = (name: string, phoneNumber: string | null = '+1555'): Contact => ({ name, phoneNumber, email: null });
const settle = (name: string, ...found: Contact[]) => settleContacts([text(name)], async () => ok(found));

describe('settleContacts', () => {
  it('settles on the only one of that name', async () => {
    const settled = await settle('Anna', person('Anna Schmidt'));
    expect(settled).toMatchObject({
      ok: true,
      value: { settled: true, calls: [{ contacts: { contact_name: { name: 'Anna Schmidt' } } }] },
    });
  });

  it('prefers the whole name over a part of another one', async () => {
    const settled = await settle('Bob', person('Bob'), person('Bob Yang'));
    expect(settled).toMatchObject({
      value: { settled: true, calls: [{ contacts: { contact_name: { name: 'Bob' } } }] },
    });
  });

  it('asks which of two, and never bends a name to fit', async () => {
    expect(await settle('Bob', person('Bob Miller'), person('Bob Yang'))).toMatchObject({ value: { settled: false } });
    const bent = await settle('Stef', person('Brent Stefanson'));
    expect(bent).toMatchObject({ ok: true, value: { settled: false } });
  });

  it('asks when nobody is found, or the one found has no number', async () => {
    expect(await settle('Zoe')).toMatchObject({ value: { settled: false, clarification: { choices: [] } } });
    const mute = await settle('Office', person('Office', null));
    expect(mute).toMatchObject({ value: { settled: false } });
    if (mute.ok && !mute.value.settled) expect(mute.value.clarification.question).toContain('without a phone number');
  });

  it('takes a number that was said as it is', async () => {
    expect(await settle('+49 170 1234567')).toMatchObject({
      value: { settled: true, calls: [{ contacts: { contact_name: { phoneNumber: '+491701234567' } } }] },
    });
  });
});
