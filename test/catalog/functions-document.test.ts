import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionsDocument } from '../../src/catalog/functions-document.js';

it('docs/functions.md is the catalogue (node scripts/write-functions-doc.mjs writes it)', () => {
  const path = new URL('../../docs/functions.md', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(functionsDocument());
});
