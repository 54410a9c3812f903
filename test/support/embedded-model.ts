import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { modelManifestSchema } from '../../src/model/model-manifest.js';

const folder = new URL('../../models/', import.meta.url);
const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')));

/** The model that is committed: its name, and where its file lies. */
export const embeddedModel = {
  name: manifest.name,
  path: fileURLToPath(new URL(manifest.file, folder)),
};
