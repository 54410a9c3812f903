import { findFunction } from '../catalog/catalog.js';
import type { FunctionDescriptor } from '../catalog/function-descriptor.js';
import { structureTokens } from '../catalog/functional-tokens.js';

/** What one token of the plan language means. */
export type PlanSymbol =
  | { readonly kind: 'function'; readonly descriptor: FunctionDescriptor }
  | { readonly kind: 'argument'; readonly name: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'word'; readonly index: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'level'; readonly value: 'min' | 'half' | 'max' }
  | { readonly kind: 'target' | 'also' | 'sequel' | 'call-end' | 'plan-end' | 'irrelevant' };

const structure = new Map<string, PlanSymbol>([
  [structureTokens.planEnd, { kind: 'plan-end' }],
  [structureTokens.callEnd, { kind: 'call-end' }],
  [structureTokens.also, { kind: 'also' }],
  [structureTokens.sequel, { kind: 'sequel' }],
  [structureTokens.target, { kind: 'target' }],
  [structureTokens.irrelevant, { kind: 'irrelevant' }],
  [structureTokens.on, { kind: 'boolean', value: true }],
  [structureTokens.off, { kind: 'boolean', value: false }],
  [structureTokens.min, { kind: 'level', value: 'min' }],
  [structureTokens.half, { kind: 'level', value: 'half' }],
  [structureTokens.max, { kind: 'level', value: 'max' }],
]);

const TOKEN = /^<(fn|arg|val|w):(.+)>$/;

/** The symbol of a plan token's name, or null for names that are not part of a plan, such as `<plan>` itself. */
export function symbolOf(token: string): PlanSymbol | null {
  const known = structure.get(token);
  if (known) return known;
  const [, kind, name] = TOKEN.exec(token) ?? [];
  if (name === undefined) return null;
  switch (kind) {
    case 'fn': {
      const descriptor = findFunction(name);
      return descriptor ? { kind: 'function', descriptor } : null;
    }
    case 'arg':
      return { kind: 'argument', name };
    case 'val':
      return { kind: 'value', value: name };
    default:
      return { kind: 'word', index: Number(name) };
  }
}
