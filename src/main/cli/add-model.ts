import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Failure } from '../../core/failure.js';
import { download } from '../../model/store/download.js';
import { downloadAddress, publicPart } from '../../model/store/download-address.js';
import { gigabytes } from '../../model/store/download-failures.js';
import { type EndpointModel, type ModelEntry, sha256Schema } from '../../model/store/model-entry.js';
import type { ModelStore } from '../../model/store/model-store.js';
import { remoteSize } from '../../model/store/remote-file.js';
import type { Consent } from './consent.js';
import { DownloadLine } from './download-line.js';
import { endpointEntry } from './endpoint-entry.js';
import type { AddModelOptions } from './models-program.js';
import { Notice } from './notice.js';
import { renderFacts, renderRows } from './render-models.js';
import type { Terminal } from './terminal.js';

export interface AddModelContext {
  readonly store: ModelStore;
  readonly consent: Consent;
  readonly out: Terminal;
  readonly err: Terminal;
  readonly signal: AbortSignal;
}

/** `tentacle models add`: shows what it is, asks, stores. Returns why nothing was added, or null. */
export async function addModel(
  what: string,
  options: AddModelOptions,
  context: AddModelContext,
): Promise<Failure | null> {
  if (options.endpoint) return addEndpoint(what, options, context);
  if (options.model !== undefined || options.keyVariable !== undefined) return endpointOptionsAlone;
  if (what.includes('://')) return addDownload(what, options, context);
  const name = options.name ?? nameFor(basename(what));
  const expected = options.sha256 === 'none' ? null : (options.sha256 ?? null);
  return addFile({ path: what, name, source: 'file', expected }, context);
}

async function addFile(
  file: { path: string; name: string; source: string; expected: string | null },
  { store, consent, out, err, signal }: AddModelContext,
): Promise<Failure | null> {
  const notice = new Notice(err, 'Reading the file');
  const candidate = await store.examine({ ...file, now: Date.now() }, signal);
  notice[Symbol.dispose]();
  if (!candidate.ok) return candidate.error;
  const { entry, facts } = candidate.value;
  out.write(renderFacts(entry, facts, out));
  if (entry.licence === null) out.write('Its licence is unknown: whether you may use it is for you to find out.\n');
  const consented = await consent.given('Add it?');
  return consented.ok ? save(entry, { store, err }) : consented.error;
}

async function addDownload(what: string, options: AddModelOptions, context: AddModelContext): Promise<Failure | null> {
  const { store, consent, out, err, signal } = context;
  const address = downloadAddress(what, process.env.TENTACLE_MODEL_MIRROR);
  if (!address.ok) return address.error;
  const url = address.value;
  const name = options.name ?? nameFor(basename(url.pathname));
  const named = await store.checkName(name);
  if (!named.ok) return named.error;
  const size = await remoteSize(url, signal);
  if (!size.ok) return size.error;
  const target = await store.downloadTarget(name);
  out.write(
    renderRows(
      [
        ['from', publicPart(url)],
        ['to', target],
        ['size', size.value === null ? 'not told by the server' : gigabytes(size.value)],
        ['licence', 'unknown until it is downloaded'],
      ],
      out,
    ),
  );
  const told = options.sha256 ?? (await consent.text('SHA-256 of the file, or "none" to go without: '))?.toLowerCase();
  if (told !== 'none' && !sha256Schema.safeParse(told).success) return sha256Missing;
  out.write(`sha256   ${told === 'none' ? 'none: nothing will show whether this is the file that is meant' : told}\n`);
  const consented = await consent.given('Download it?');
  if (!consented.ok) return consented.error;
  using line = new DownloadLine(err);
  const expected = told === undefined || told === 'none' ? null : told;
  const done = await download({ url, target, sha256: expected, signal, onProgress: (now) => line.show(now) });
  line[Symbol.dispose]();
  if (!done.ok) return done.error;
  return addDownloaded({ path: target, name, source: publicPart(url), expected }, context);
}

/** What the user does not want after all, or what is no model, is not left lying about. */
async function addDownloaded(file: Parameters<typeof addFile>[0], context: AddModelContext): Promise<Failure | null> {
  let isAdded = false;
  try {
    const failure = await addFile(file, context);
    isAdded = failure === null;
    return failure;
  } finally {
    if (!isAdded) {
      await rm(file.path, { force: true });
      context.err.write('The downloaded file was deleted.\n');
    }
  }
}

async function addEndpoint(what: string, options: AddModelOptions, context: AddModelContext): Promise<Failure | null> {
  const { consent, out } = context;
  const name = options.name ?? nameFor(options.model ?? '');
  const entry = endpointEntry(what, { ...options, name, now: Date.now() });
  if (!entry.ok) return entry.error;
  const named = await context.store.checkName(name);
  if (!named.ok) return named.error;
  out.write(renderRows(endpointRows(entry.value), out));
  if (entry.value.leavesThisPc) {
    const consented = await consent.given('Your sentences leave this PC while this model plans. Add it?');
    if (!consented.ok) return consented.error;
  }
  return save(entry.value, context);
}

function endpointRows({ name, url, model, keyVariable, leavesThisPc }: EndpointModel): readonly (readonly string[])[] {
  return [
    ['name', name],
    ['endpoint', url],
    ['model', model],
    ['key', keyVariable === null ? 'none' : `from ${keyVariable}`],
    ['privacy', leavesThisPc ? 'leaves this PC' : 'stays on this PC'],
  ];
}

async function save(entry: ModelEntry, { store, err }: { store: ModelStore; err: Terminal }): Promise<Failure | null> {
  const added = await store.add(entry);
  if (!added.ok) return added.error;
  err.write(`${entry.name} is added. "tentacle models use ${entry.name}" lets it plan.\n`);
  return null;
}

/** A name from a file's or a model's: what may not stand in one becomes a dash. */
function nameFor(text: string): string {
  return text
    .replace(/\.gguf$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
}

const endpointOptionsAlone: Failure = {
  code: 'BAD_MODEL_OPTIONS',
  fault: 'user',
  message: '--model and --key-variable belong to endpoints.',
  next: 'Add --endpoint, or leave them out.',
};

const sha256Missing: Failure = {
  code: 'BAD_MODEL_OPTIONS',
  fault: 'user',
  message: 'Nothing was downloaded: a download needs the SHA-256 that the file must have.',
  next: 'Give it with --sha256 (64 hexadecimal digits, shown where models are offered), or --sha256 none to go without.',
};
