import type { DeviceKind } from '../core/device.js';
import type { CallArguments } from '../core/plan.js';

/**
 * The form of a parameter's value in a plan. `text` as said, trimmed; `time` "HH:MM"; `datetime` "YYYY-MM-DDTHH:MM"
 * local; `duration` whole seconds; `percent` 0-100; `celsius` degrees; `number` in the parameter's `unit`; `boolean`;
 * `enum` one of `values`; `photo` the path of a picture that another call took.
 */
export type ValueType =
  | 'text'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'percent'
  | 'celsius'
  | 'number'
  | 'boolean'
  | 'enum'
  | 'photo';

/** What a call gives back, and so which parameters it may fill. */
export type ResultType = 'text' | 'number' | 'percent' | 'photo' | 'place' | 'phone-number';

export interface ParameterDescriptor {
  readonly name: string;
  readonly type: ValueType;
  readonly optional: boolean;
  /** Enum values, in the order of the catalogue. */
  readonly values?: readonly string[];
  /** What holds when the sentence does not say it. */
  readonly default?: string | number | boolean;
  /** Results of other calls that may fill it (a nested call); empty when none may. */
  readonly accepts: readonly ResultType[];
  readonly unit?: 'mm';
}

/** `read` looks only; `safe` is undone with a tap; `confirm` is asked first, unless the user granted it. */
export type Risk = 'read' | 'safe' | 'confirm';

/** Whether the machine may send it again after an unknown outcome. */
export type Repeat = 'safe' | 'once';

export interface FunctionDescriptor {
  readonly name: string;
  readonly kind: DeviceKind;
  /** A person's words for it, shown in plans: "Send text message". */
  readonly title: string;
  readonly parameters: readonly ParameterDescriptor[];
  readonly result: ResultType | null;
  /** The risk with these arguments; a Ref or an absent argument counts as its riskiest value. */
  readonly risk: (args: CallArguments) => Risk;
  readonly repeat: Repeat;
  /** At least one of these parameters must be present. */
  readonly needsOneOf: readonly string[];
}

type ParameterOptions = { optional?: boolean; default?: string | number | boolean; accepts?: readonly ResultType[] };

function parameter(
  name: string,
  type: ValueType,
  options: ParameterOptions,
  extra: Partial<ParameterDescriptor> = {},
): ParameterDescriptor {
  return {
    name,
    type,
    optional: options.optional ?? options.default !== undefined,
    accepts: options.accepts ?? [],
    ...(options.default === undefined ? {} : { default: options.default }),
    ...extra,
  };
}

const of =
  (type: ValueType) =>
  (name: string, options: ParameterOptions = {}): ParameterDescriptor =>
    parameter(name, type, options);

export const text = of('text');
export const time = of('time');
export const datetime = of('datetime');
export const duration = of('duration');
export const percent = of('percent');
export const celsius = of('celsius');
export const boolean = of('boolean');
export const photo = of('photo');

export function millimetres(name: string, options: ParameterOptions = {}): ParameterDescriptor {
  return parameter(name, 'number', options, { unit: 'mm' });
}

export function oneOf(name: string, values: readonly string[], options: ParameterOptions = {}): ParameterDescriptor {
  return parameter(name, 'enum', options, { values });
}

export const optional: ParameterOptions = { optional: true };

/** Every result that reads well as text in a message, a note or the clipboard. */
export const asText: readonly ResultType[] = ['text', 'number', 'percent', 'place', 'phone-number'];

interface FunctionOptions {
  readonly title: string;
  readonly risk: Risk | ((args: CallArguments) => Risk);
  readonly repeat: Repeat;
  readonly result?: ResultType;
  readonly needsOneOf?: readonly string[];
}

/** Declares the functions of one device kind. */
export function functionsOf(kind: DeviceKind) {
  return (name: string, parameters: readonly ParameterDescriptor[], options: FunctionOptions): FunctionDescriptor => {
    const { risk } = options;
    return {
      name,
      kind,
      title: options.title,
      parameters,
      result: options.result ?? null,
      risk: typeof risk === 'function' ? risk : () => risk,
      repeat: options.repeat,
      needsOneOf: options.needsOneOf ?? [],
    };
  };
}
