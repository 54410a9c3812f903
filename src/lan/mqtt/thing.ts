import type { Component } from './discovery.js';
import type { Part } from './part.js';

/** What a person would call one thing: a lamp; a television with its power switch and the field that says what to play. */
export interface Thing {
  /** `mqtt:<unique id of its main part>`. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly room: string | null;
  readonly deviceClass: string;
  /** The part that it is named by comes first. */
  readonly parts: readonly Part[];
}

/** Its first part of that kind, or null. */
export function partOf(thing: Thing, component: Component): Part | null {
  return thing.parts.find(({ entity }) => entity.component === component) ?? null;
}
