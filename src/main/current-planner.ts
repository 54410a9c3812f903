import { join } from 'node:path';
import type { Planner } from '../core/ports/planner.js';
import { err, ok } from '../core/result.js';
import { EndpointPlanner } from '../model/endpoint/endpoint-planner.js';
import { ProcessPlanner } from '../model/host/process-planner.js';
import { verifyModel } from '../model/model-manifest.js';
import type { EndpointModel, FileModel } from '../model/store/model-entry.js';
import { ModelStore } from '../model/store/model-store.js';
import { verifyModelFile } from '../model/store/verify-model-file.js';
import { RecallingPlanner } from '../model/taught/recalling-planner.js';
import { dataFolder } from './data-folder.js';
import { modelManifest } from './paths.js';
import { openTaught } from './teaching.js';

/** Reading, hashing and mapping a file of gigabytes from a slow disk, in bytes a millisecond. */
const SLOW_DISK = 50_000;

/** A model of some billion weights reads a prompt of two thousand tokens on a laptop's CPU in minutes. */
const LARGE_MODEL_MS = 300_000;

/** The models of this data folder, and the embedded one. */
export function modelStore(environment: NodeJS.ProcessEnv = process.env): ModelStore {
  return new ModelStore({ folder: join(dataFolder(environment), 'models'), manifestPath: modelManifest(environment) });
}

/**
 * The planner over the model that the user chose. TENTACLE_MODEL, set for one run, goes before the choice. A list that
 * cannot be read is a planner that says so at the first sentence: devices and history work without a model.
 */
export async function openPlanner(environment: NodeJS.ProcessEnv = process.env): Promise<Planner> {
  const planner = await modelPlanner(environment);
  const taught = await openTaught(environment);
  // What was taught can't be read: the model still plans, and `tentacle teach --list` says why.
  return taught.ok ? new RecallingPlanner(planner, taught.value) : planner;
}

async function modelPlanner(environment: NodeJS.ProcessEnv): Promise<Planner> {
  if (environment.TENTACLE_MODEL) return embeddedPlanner(environment);
  const current = await modelStore(environment).current();
  if (!current.ok) return new ProcessPlanner({ verify: async () => current });
  if (current.value === null) return embeddedPlanner(environment);
  return current.value.kind === 'file' ? filePlanner(current.value) : endpointPlanner(current.value, environment);
}

export function embeddedPlanner(environment: NodeJS.ProcessEnv = process.env): ProcessPlanner {
  return new ProcessPlanner({
    verify: async (signal) => {
      const verified = await verifyModel(modelManifest(environment), signal);
      return verified.ok ? ok({ path: verified.value.path, profile: 'tentacle' }) : err(verified.error);
    },
  });
}

function filePlanner(model: FileModel): ProcessPlanner {
  return new ProcessPlanner({
    verify: (signal) => verifyModelFile(model, signal),
    loadTimeoutMs: 30_000 + Math.ceil(model.size / SLOW_DISK),
    ...(model.profile === 'tentacle' ? {} : { planTimeoutMs: LARGE_MODEL_MS }),
  });
}

/** The planner over a model behind an endpoint, which answers in its own time. */
function endpointPlanner(entry: EndpointModel, environment: NodeJS.ProcessEnv): Planner {
  return new EndpointPlanner({ ...entry, environment, timeoutMs: LARGE_MODEL_MS });
}
