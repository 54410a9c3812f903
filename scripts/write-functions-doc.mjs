#!/usr/bin/env node
/** Writes docs/functions.md from the catalogue: node scripts/write-functions-doc.mjs */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { functionsDocument } from '../dist/catalog/functions-document.js';

writeFileSync(fileURLToPath(new URL('../docs/functions.md', import.meta.url)), functionsDocument());
