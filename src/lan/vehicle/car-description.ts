import { TentacleError } from '../../core/failure.js';
import { peerWords } from '../../core/peer-words.js';
import { functionsOffered } from './car-functions.js';
import { CarSignals } from './car-signals.js';
import type { KuksaClient } from './kuksa-client.js';
import type { CarSignalName } from './vss-aliases.js';

/** What a car tells of itself when it is reached. */
export interface CarDescription {
  readonly signals: CarSignals;
  /** The vehicle identification number, or null where the car has none or keeps it to itself. */
  readonly vin: string | null;
  /** Brand and model: "Volvo", "EX30". */
  readonly aliases: readonly string[];
  readonly functions: readonly string[];
  readonly details: Readonly<Record<string, string>>;
  /** A signal that hardly ever changes: to hear of it is to hear that the car is there. */
  readonly quietPath: string;
}

const ATTRIBUTES = {
  vin: 'Vehicle.VehicleIdentification.VIN',
  brand: 'Vehicle.VehicleIdentification.Brand',
  model: 'Vehicle.VehicleIdentification.Model',
  driverPosition: 'Vehicle.Cabin.DriverPosition',
} as const;

/** ISO 3779 has 17 characters without I, O and Q; test cars and older ones have others. */
const VIN = /^[A-Za-z0-9-]{3,40}$/;

const MAX_NAME = 60;

/** Signals that may stand for the car's being there, the ones that change least first. */
const SIGNS_OF_LIFE: readonly CarSignalName[] = [
  'chargeLimit',
  'odometer',
  'climatePower',
  'wipers',
  'volume',
  'speed',
];

/**
 * Reads what the car has.
 *
 * @throws TentacleError what the car answers; PERMISSION_DENIED when the token lets nothing be read: then nothing could
 *     ever be confirmed.
 */
export async function describeCar(client: KuksaClient, signal: AbortSignal): Promise<CarDescription> {
  const all = await client.listSignals(signal);
  const attributes = Object.values(ATTRIBUTES).filter((path) => all.has(path));
  const readable = await client.getReadable(attributes, signal);
  const textOf = (path: string): string | null => {
    const value = readable.get(path);
    return typeof value === 'string' && value.trim() !== '' ? peerWords(value, MAX_NAME) : null;
  };
  const signals = new CarSignals(all, readable.get(ATTRIBUTES.driverPosition) ?? null);
  const [vin, brand, model] = [textOf(ATTRIBUTES.vin), textOf(ATTRIBUTES.brand), textOf(ATTRIBUTES.model)];
  const named = [...(brand ? [brand] : []), ...(model ? [model] : [])];
  return {
    signals,
    vin: vin && VIN.test(vin) ? vin : null,
    aliases: named.length === 2 ? [...named, named.join(' ')] : named,
    functions: functionsOffered(signals),
    details: {
      ...(named.length > 0 ? { model: named.join(' ') } : {}),
      signals: String(all.size),
    },
    quietPath: [...readable.keys()][0] ?? (await signOfLife(client, signals, signal)),
  };
}

async function signOfLife(client: KuksaClient, signals: CarSignals, signal: AbortSignal): Promise<string> {
  const paths = SIGNS_OF_LIFE.flatMap((name) => signals.get(name)?.path ?? []);
  const [path] = (await client.getReadable(paths, signal)).keys();
  if (path !== undefined) return path;
  throw new TentacleError({
    code: 'PERMISSION_DENIED',
    fault: 'user',
    message: 'The token does not let Tentacle read anything of the car.',
    next: 'Enter a token with the scope "read" (and "actuate", to command the car).',
  });
}
