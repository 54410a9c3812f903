import { describe, expect, it } from 'vitest';
import { LanCall } from '../../../src/lan/lan-call.js';
import { sendAndConfirm } from '../../../src/lan/mqtt/confirm.js';
import { Reading } from '../../../src/lan/mqtt/reading.js';
import { TopicStates } from '../../../src/lan/mqtt/topic-states.js';

/** Sends a wish for "ON"; the broker delivers this message right after it took the command. */
function send(isRetained: boolean) {
  const states = new TopicStates();
  const reading = new Reading('s', (payload) => payload);
  states.add(reading);
  const { signal, ...quiet } = { signal: new AbortController().signal, patienceMs: 100, settleMs: 50 };
  const call = new LanCall({ callId: 'c1', function: 'set_switch', args: {}, contacts: {} }, 'key', signal);
  const thing = { id: 'mqtt:s', name: 'Pump', aliases: [], room: null, deviceClass: 'switch', parts: [] };
  const deliver = async (): Promise<void> => {
    states.deliver('s', Buffer.from('ON'), isRetained);
  };
  const broker = { states, ...quiet, lost: signal, send: deliver };
  const judge = (value: string) => (value === 'ON' ? ('yes' as const) : ('no' as const));
  return sendAndConfirm({ call, thing, broker }, { messages: [], expectations: [{ reading, judge, words: String }] });
}

describe('sendAndConfirm', () => {
  it('takes a live message as the echo', async () => {
    expect(await send(false)).toBe('read-back');
  });

  it('takes none that the broker had kept, even when it comes after the command', async () => {
    await expect(send(true)).rejects.toMatchObject({ failure: { code: 'NOT_CONFIRMED' } });
  });
});
