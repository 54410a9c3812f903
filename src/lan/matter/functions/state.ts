import { readBack, untrusted } from '../../../core/outcomes.js';
import { readState } from '../confirm.js';
import type { EndpointView } from '../endpoint-view.js';
import { type MatterFunction, notSaid } from '../matter-call.js';
import type { Answer, Wanted } from '../matter-node.js';
import type { Thing } from '../thing.js';
import { coverState, coverWanted, openWords } from './cover.js';
import { fanState, fanWanted, fanWords } from './fan.js';
import { lightState, lightWanted, lightWords } from './light-state.js';
import { lockStateOf } from './lock.js';
import { celsiusOf, readFlag, readNumber } from './reading.js';
import { modeWords, setpointOf, thermostatWanted } from './thermostat.js';
import { vacuumState, vacuumWanted, vacuumWords } from './vacuum.js';

interface Telling {
  readonly wanted: readonly Wanted[];
  /** The state in a person's words, or null while it has none. */
  words(answer: Answer): string | null;
}

const alarmWanted: readonly Wanted[] = [
  { cluster: 'smokeCoAlarm', names: ['expressedState', 'smokeState', 'coState', 'batteryAlert', 'hardwareFaultAlert'] },
];

/** An alarm's word for a level: 0 is normal. */
function alarmWords(answer: Answer): string | null {
  const level = (name: string): number | null => readNumber(answer, 'smokeCoAlarm', name);
  const [smoke, co] = [level('smokeState'), level('coState')];
  if (smoke === null && co === null) return null;
  const words = [
    smoke === null ? null : smoke > 0 ? 'smoke detected' : 'no smoke',
    co === null ? null : co > 0 ? 'carbon monoxide detected' : 'no carbon monoxide',
    (level('batteryAlert') ?? 0) > 0 ? 'battery low' : null,
    readFlag(answer, 'smokeCoAlarm', 'hardwareFaultAlert') === true ? 'hardware fault' : null,
  ];
  return words.filter((word) => word !== null).join(', ');
}

function tellingOf({ endpoint, deviceClass }: Thing): Telling | null {
  switch (deviceClass) {
    case 'light':
      return { wanted: lightWanted(endpoint), words: (answer) => lightWords(lightState(answer)) };
    case 'switch':
      return {
        wanted: [{ cluster: 'onOff', names: ['onOff'] }],
        words: (answer) => {
          const isOn = readFlag(answer, 'onOff', 'onOff');
          return isOn === null ? null : isOn ? 'on' : 'off';
        },
      };
    case 'thermostat':
      return { wanted: thermostatWanted, words: (answer) => thermostatWords(endpoint, answer) };
    case 'lock':
      return {
        wanted: [{ cluster: 'doorLock', names: ['lockState'] }],
        words: (answer) => lockStateOf(readNumber(answer, 'doorLock', 'lockState')),
      };
    case 'blinds':
    case 'curtain':
      return {
        wanted: coverWanted,
        words: (answer) => {
          const { open, isMoving } = coverState(answer);
          return open === null ? null : `${openWords(open)}${isMoving ? ', moving' : ''}`;
        },
      };
    case 'fan':
      return { wanted: fanWanted, words: (answer) => fanWords(fanState(answer)) };
    case 'vacuum':
      return { wanted: vacuumWanted, words: (answer) => vacuumWords(vacuumState(answer)) };
    case 'sensor':
      return {
        wanted: [{ cluster: 'temperatureMeasurement', names: ['measuredValue'] }],
        words: (answer) => {
          const celsius = celsiusOf(readNumber(answer, 'temperatureMeasurement', 'measuredValue'));
          return celsius === null ? null : `${celsius} °C`;
        },
      };
    case 'smoke_detector':
      return { wanted: alarmWanted, words: alarmWords };
    default:
      return null;
  }
}

function thermostatWords(endpoint: EndpointView, answer: Answer): string | null {
  const mode = readNumber(answer, 'thermostat', 'systemMode');
  const attribute = setpointOf(endpoint, mode) === 'Cool' ? 'occupiedCoolingSetpoint' : 'occupiedHeatingSetpoint';
  const target = celsiusOf(readNumber(answer, 'thermostat', attribute));
  const now = celsiusOf(readNumber(answer, 'thermostat', 'localTemperature'));
  const words = [
    target === null ? null : `set to ${target} °C`,
    now === null ? null : `${now} °C now`,
    modeWords(mode) === null ? null : `mode ${modeWords(mode)}`,
  ].filter((word) => word !== null);
  return words.length > 0 ? words.join(', ') : null;
}

function tell(thing: Thing, telling: Telling): ReturnType<MatterFunction> {
  return async (home) => {
    const text = telling.words(await readState(home, telling.wanted));
    if (text === null) return notSaid(thing, 'state');
    return readBack(`${thing.name}: ${text}`, { data: untrusted(text, text, thing.name) });
  };
}

export const getDeviceState: MatterFunction = (thing) => {
  const telling = tellingOf(thing);
  return telling ? tell(thing, telling) : null;
};

export const checkSmokeDetector: MatterFunction = (thing) =>
  thing.deviceClass === 'smoke_detector' && thing.endpoint.cluster('smokeCoAlarm') !== null
    ? tell(thing, { wanted: alarmWanted, words: alarmWords })
    : null;
