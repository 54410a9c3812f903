// Writes the catalogue as JSON for the training code: the TypeScript catalogue stays the single source.
import { writeFile } from 'node:fs/promises';
import { CATALOG_VERSION, catalog } from '../dist/catalog/catalog.js';
import { MAX_WORDS, planTokens, structureTokens } from '../dist/catalog/functional-tokens.js';

const functions = catalog.map(({ name, kind, parameters, result, needsOneOf }) => ({
  name,
  kind,
  parameters,
  result,
  needsOneOf,
}));
const json = JSON.stringify(
  { version: CATALOG_VERSION, functions, structureTokens, planTokens, maxWords: MAX_WORDS },
  null,
  1,
);
await writeFile(new URL('../training/catalogue.json', import.meta.url), `${json}\n`);
