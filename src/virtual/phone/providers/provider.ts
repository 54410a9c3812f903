import type { PhoneState } from '../state/phone-state.js';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** What a content provider threw, in Java's words. */
export class ProviderError extends Error {}

/** One content provider: tables by URI. A path that it does not know throws ProviderError. */
export interface Provider {
  readonly authority: string;
  /** The columns and rows of a table, in the order that the provider keeps them. */
  rows(state: PhoneState, path: readonly string[]): readonly Row[];
  insert(state: PhoneState, path: readonly string[], values: Row): void;
  /** Deletes rows by their ids. */
  remove(state: PhoneState, path: readonly string[], ids: ReadonlySet<number>): void;
}

export const unsupported = (what: string, uri: string): ProviderError =>
  new ProviderError(`java.lang.UnsupportedOperationException: ${what} not supported: ${uri}`);

export const unknownUri = (path: readonly string[]): ProviderError =>
  new ProviderError(`java.lang.IllegalArgumentException: Unknown URL content://${path.join('/')}`);
