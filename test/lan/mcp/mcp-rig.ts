import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Device } from '../../../src/core/device.js';
import type { Outcome } from '../../../src/core/outcome.js';
import type { CallArguments } from '../../../src/core/plan.js';
import { McpTransport, type McpTransportOptions } from '../../../src/lan/mcp/mcp-transport.js';

export const PROGRAM = fileURLToPath(new URL('../../support/mcp-program.mjs', import.meta.url));

export const waiting = { signal: new AbortController().signal, timeoutMs: 20_000 };

export function mcpTransport(options: Partial<McpTransportOptions> & Pick<McpTransportOptions, 'server' | 'folder'>) {
  return new McpTransport({ id: 'test', name: 'Toolbox', virtual: true, ...options });
}

/** The program of the tests, behaving as told. */
export function program(behaviour: string, ...more: string[]) {
  return { command: process.execPath, arguments: [PROGRAM, behaviour, ...more] };
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export function invoke(
  transport: McpTransport,
  name: string,
  args: CallArguments = {},
  { signal = waiting.signal, timeoutMs = 10_000 }: CallOptions = {},
): Promise<Outcome> {
  return transport.invoke(
    'mcp:test',
    { callId: 'c1', function: name, args, contacts: {} },
    { key: randomUUID(), signal, timeoutMs },
  );
}

/** Shows the tools to a user who allows them all. */
export async function allowAll(transport: McpTransport): Promise<void> {
  transport.tools();
  const allowed = await transport.allow('all');
  if (!allowed.ok) throw new TypeError(`Not allowed: ${JSON.stringify(allowed.error)}`);
}

export function device(transport: McpTransport): Device {
  const [found] = transport.devices();
  if (!found) throw new TypeError('There is no device.');
  return found;
}

export function tool(transport: McpTransport, name: string) {
  const found = transport.tools().find((each) => each.name === name);
  if (!found) throw new TypeError(`There is no tool ${name}.`);
  return found;
}

/** Resolves when the condition holds, looked at every few milliseconds. */
export async function until(holds: () => boolean, timeoutMs = 10_000): Promise<void> {
  const endsAt = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > endsAt) throw new TypeError('It did not come to hold in time.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
