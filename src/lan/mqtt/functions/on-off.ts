import type { Expectation } from '../confirm.js';
import type { CommandMessage } from '../home-call.js';
import type { Command, Part } from '../part.js';

/** The payload of a part's on or off command; its own words where it has them. */
export function powerPayload(part: Part, isOn: boolean): string {
  const { texts } = part.entity.config;
  return isOn ? (texts.payload_on ?? 'ON') : (texts.payload_off ?? 'OFF');
}

/** Whether a reported state is on, off, or neither (null). */
export function isOn(part: Part, state: string | null): boolean | null {
  const { texts } = part.entity.config;
  if (state === (texts.state_on ?? texts.payload_on ?? 'ON')) return true;
  return state === (texts.state_off ?? texts.payload_off ?? 'OFF') ? false : null;
}

/** That the part reports itself on or off; none where it reports no state. */
export function expectPower(part: Part, wanted: boolean): readonly Expectation[] {
  const reading = part.reading('state');
  if (reading === null) return [];
  return [
    {
      reading,
      judge: (value) => {
        const on = isOn(part, value);
        if (on === null) return 'unclear';
        return on === wanted ? 'yes' : 'no';
      },
      words: (value) => (isOn(part, value) ? 'on' : 'off'),
    },
  ];
}

/** A command with its value, to be retained where the part asks for it. */
export function messageOf(
  part: Part,
  command: Command,
  value: string | number,
  more: Readonly<Record<string, string | number>> = {},
): CommandMessage {
  return {
    topic: command.topic,
    payload: command.compose(new Map(Object.entries({ value, ...more }))),
    retain: part.entity.config.flags.retain ?? false,
  };
}
