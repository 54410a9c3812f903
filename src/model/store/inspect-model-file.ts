import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { detectProfile, type ModelProfile } from '../profiles/model-profile.js';
import { BadGguf, CutGguf, checkGgufHeader } from './gguf-header.js';
import { tensorBytes } from './tensor-bytes.js';

/** What a GGUF file says of itself. `size` is in bytes; name and licence are the file's own words, capped. */
export interface ModelFacts {
  readonly size: number;
  readonly architecture: string;
  readonly name: string | null;
  readonly licence: string | null;
  readonly profile: ModelProfile;
}

/** The longest header that is read: vocabularies of 256,000 tokens take some 10 MiB. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024;
const DEADLINE_MS = 60_000;

const words = z
  .string()
  .transform((text) => text.slice(0, 200))
  .nullable()
  .catch(null);
const metadataSchema = z.object({
  general: z.object({ architecture: z.string().max(100), name: words.default(null), license: words.default(null) }),
  tokenizer: z
    .object({
      chat_template: z.string().optional().catch(undefined),
      ggml: z.object({ tokens: z.array(z.string()) }).partial(),
    })
    .partial()
    .default({}),
  tentacle: z
    .object({ plan_tokens: z.array(z.string()).min(1) })
    .optional()
    .catch(undefined),
  split: z.object({ count: z.number() }).optional().catch(undefined),
});

const tensorSchema = z.object({
  dimensions: z.array(z.coerce.number()),
  ggmlType: z.number(),
  fileOffset: z.coerce.number(),
});

/**
 * Reads what a model file is, without loading it. Failures: MODEL_FILE_MISSING, MODEL_NOT_GGUF, MODEL_TRUNCATED,
 * MODEL_PROFILE_UNKNOWN. Throws the signal's reason.
 */
export async function inspectModelFile(path: string, signal: AbortSignal): Promise<Result<ModelFacts, Failure>> {
  // Pipes and devices never end: only a plain file is opened.
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) return err(missing(path));
  const { size } = file;
  try {
    const metadata = metadataSchema.parse(await readMetadata(path, size, signal));
    if (metadata.split && metadata.split.count > 1) return err(split(path));
    const profile = detectProfile(metadata);
    if (!profile) return err(unknownProfile(path, metadata.general.architecture));
    const { architecture, name, license } = metadata.general;
    return ok({ size, architecture, name, licence: license, profile });
  } catch (error) {
    signal.throwIfAborted();
    // What the file system refuses carries the call that it refused.
    if (error instanceof Error && 'syscall' in error) return err(missing(path));
    return err(error instanceof CutGguf ? truncated(path, error.message) : notGguf(path, String(error)));
  }
}

/** The nested metadata object. Throws for a file that is no GGUF, or {@link CutGguf} for one that ends too early. */
async function readMetadata(path: string, size: number, signal: AbortSignal): Promise<unknown> {
  const start = await readStart(path, Math.min(size, MAX_HEADER_BYTES));
  // The library believes a file's own counts: they are checked before it sees them.
  checkGgufHeader(start);
  // The library takes a third of a second to load; most commands never need it.
  const { readGgufFileInfo } = await import('node-llama-cpp');
  const info = await readGgufFileInfo(path, {
    sourceType: 'filesystem',
    spliceSplitFiles: false,
    logWarnings: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  const tensors = z.array(tensorSchema).parse(info.tensorInfo ?? []);
  const end = tensors.reduce(
    (last, { fileOffset, ggmlType, dimensions }) => Math.max(last, fileOffset + tensorBytes(ggmlType, dimensions)),
    0,
  );
  if (end > size) throw new CutGguf(`${size} bytes of ${end}`);
  if (tensors.length === 0) throw new BadGguf('it holds no tensors');
  return info.metadata;
}

async function readStart(path: string, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function missing(path: string): Failure {
  return {
    code: 'MODEL_FILE_MISSING',
    fault: 'user',
    message: `There is no file ${path} that can be read.`,
    next: 'Check how it is written, and that you may read it.',
  };
}

function notGguf(path: string, detail: string): Failure {
  return {
    code: 'MODEL_NOT_GGUF',
    fault: 'user',
    message: `${path} is no GGUF model, or a damaged one. Nothing was added.`,
    next: 'Choose a file that ends in .gguf, and download it again if it should be one.',
    detail: detail.slice(0, 500),
  };
}

function truncated(path: string, detail: string): Failure {
  return {
    code: 'MODEL_TRUNCATED',
    fault: 'user',
    message: `${path} is not whole: it ends before its last tensor does. Nothing was added.`,
    next: 'Download it again.',
    detail,
  };
}

function split(path: string): Failure {
  return {
    code: 'MODEL_TRUNCATED',
    fault: 'user',
    message: `${path} is one part of a model that was split into several files. Nothing was added.`,
    next: 'Merge the parts into one file (llama-gguf-split --merge) and add that.',
  };
}

function unknownProfile(path: string, architecture: string): Failure {
  return {
    code: 'MODEL_PROFILE_UNKNOWN',
    fault: 'user',
    message: `${path} is a model that Tentacle does not know how to ask. Nothing was added.`,
    next: 'Use one that was trained for Tentacle, Octopus v2, or an instruct model with a chat template.',
    detail: `architecture ${architecture}, no plan tokens, no functional tokens, no chat template`,
  };
}
