import { randomUUID } from 'node:crypto';
import type { Failure } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Journal } from '../../core/ports/journal.js';
import type { InvokeOptions } from '../../core/ports/transport.js';
import { ok, type Result } from '../../core/result.js';

/** The tools of one server, as the transport of MCP offers them. */
export interface ToolCaller {
  callTool(name: string, args: Readonly<Record<string, unknown>>, options: InvokeOptions): Promise<Outcome>;
}

export interface ToolCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly device: { readonly id: string; readonly name: string };
}

/** A tool may think longer than a device, in milliseconds. */
const TIMEOUT_MS = 120_000;

/**
 * Calls a tool by its name, with a durable start before anything is sent and a durable end, as every call has. The user has
 * been asked before. Failures: those of the journal, and then nothing was sent.
 */
export async function callTool(
  caller: ToolCaller,
  { tool, args, device }: ToolCall,
  { journal, clock, signal }: { journal: Journal; clock: Clock; signal: AbortSignal },
): Promise<Result<Outcome, Failure>> {
  const [utteranceId, key, now] = [randomUUID(), randomUUID(), clock.now()];
  const text = `call ${tool} of ${device.name}`.slice(0, 500);
  const recorded = await journal.recordUtterance({ id: utteranceId, text, source: 'cli', locale: 'en-US', at: now });
  if (!recorded.ok) return recorded;
  const started = await journal.recordStart({
    key,
    utteranceId,
    callId: 'c1',
    function: `tool:${tool}`,
    args,
    deviceId: device.id,
    deviceName: device.name,
    startedAt: now,
  });
  if (!started.ok) return started;
  const outcome = await caller.callTool(tool, args, { key, signal, timeoutMs: TIMEOUT_MS });
  // An end that cannot be written leaves the start open: the next start of the host shows the call as unknown.
  await journal.recordEnd(key, outcome, clock.now());
  return ok(outcome);
}
