import { z } from 'zod';
import type { Attributes } from '../endpoint-view.js';
import type { ClusterName } from '../matter-library.js';
import type { Answer } from '../matter-node.js';

/** An attribute as a number, or null for anything else: devices leave attributes out, and say null for "unknown". */
export function numberOf(attributes: Attributes | null | undefined, name: string): number | null {
  return z
    .number()
    .nullable()
    .catch(null)
    .parse(attributes?.[name] ?? null);
}

export function flagOf(attributes: Attributes | null | undefined, name: string): boolean | null {
  return z
    .boolean()
    .nullable()
    .catch(null)
    .parse(attributes?.[name] ?? null);
}

/** A bit of a bitmap, which the library gives as a record of flags. */
export function bitOf(attributes: Attributes | null | undefined, name: string, bit: string): boolean {
  return (
    z
      .looseObject({})
      .catch({})
      .parse(attributes?.[name] ?? {})[bit] === true
  );
}

export const readNumber = (answer: Answer, cluster: ClusterName, name: string): number | null =>
  numberOf(answer.get(cluster), name);

export const readFlag = (answer: Answer, cluster: ClusterName, name: string): boolean | null =>
  flagOf(answer.get(cluster), name);

/** Hundredths of a degree Celsius, as Matter has them, in °C with one digit. */
export const celsiusOf = (hundredths: number | null): number | null =>
  hundredths === null ? null : Math.round(hundredths / 10) / 10;
