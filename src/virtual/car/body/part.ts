import type { Scalar } from '../vss/signal.js';

/** What the parts of a car have in common: its values, and its clock. */
export interface CarBus {
  get(path: string): Scalar | null;
  has(path: string): boolean;
  /** Makes these the actual values, at once; parts that hang on them follow. */
  publish(values: Readonly<Record<string, Scalar>>): void;
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): () => void;
}

/** A part of the car that does more with a target than to become it. */
export interface Part {
  /** Takes a target on itself; false where the target simply becomes the value. */
  take?(path: string, value: Scalar): boolean;
  /** A value is now this, whoever set it. */
  changed?(path: string, value: Scalar | null): void;
  /** So much of the car's time has passed. */
  passed?(seconds: number): void;
}

export const numberAt = (bus: CarBus, path: string): number => {
  const value = bus.get(path);
  return typeof value === 'number' ? value : 0;
};
