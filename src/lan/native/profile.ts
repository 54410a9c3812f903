import { z } from 'zod';
import { deviceKindSchema } from '../../core/device.js';

/** The Tentacle profile of MCP, version 1: what both sides say. The page for people is docs/protocol.md. */
export const PROFILE_VERSION = 1;

export const MCP_PATH = '/mcp';
export const PAIR_PATH = '/pair';

/** Resources of every device: its facts, and its state as names and values. */
export const DEVICE_URI = 'tentacle://device';
export const STATE_URI = 'tentacle://state';

/** Keys in `_meta` of calls, tools and results. */
export const META = {
  key: 'tentacle/key',
  ttlMs: 'tentacle/ttlMs',
  issued: 'tentacle/issued',
  clock: 'tentacle/clock',
  repeat: 'tentacle/repeat',
  leaseMs: 'tentacle/leaseMs',
} as const;

export const STATUS_METHOD = 'tentacle/status';
export const CANCEL_METHOD = 'tentacle/cancel';
export const RENEW_METHOD = 'tentacle/renew';

/** How long a device remembers an outcome by its key, in milliseconds. */
export const MEMORY_MS = 600_000;
/** The longest time to live of a call: well within the memory, so that what is forgotten is stale too. */
export const MAX_TTL_MS = 300_000;
/** How far a call's moment may lie ahead of the device's clock. */
export const CLOCK_SLACK_MS = 2_000;
/** A device writes a comment into an idle event stream this often. */
export const KEEP_ALIVE_MS = 5_000;
/** The longest that a status question may wait for a running call. */
export const MAX_STATUS_WAIT_MS = 20_000;

/** The device's own clock: milliseconds since `epoch`, a name made anew whenever the device starts. Never goes back. */
export const deviceClockSchema = z.object({ epoch: z.uuid(), ms: z.number().nonnegative() });
export type DeviceClockReading = z.infer<typeof deviceClockSchema>;

export const deviceFactsSchema = z.object({
  v: z.literal(PROFILE_VERSION),
  /** Stable for the device's life; the key is the identity, this is a name for it. */
  id: z.uuid(),
  name: z.string().min(1),
  kind: deviceKindSchema,
  room: z.string().nullable(),
  deviceClass: z.string().nullable(),
  /** A simulation that says so. */
  virtual: z.boolean().default(false),
  clock: deviceClockSchema,
});
export type DeviceFacts = z.infer<typeof deviceFactsSchema>;

const plainValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);
export type PlainValue = z.infer<typeof plainValue>;

export const deviceStateValuesSchema = z.record(z.string(), plainValue);

/** How a call ended, as `structuredContent` of its result. */
export const wireOutcomeSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    proof: z.enum(['read-back', 'device-said']),
    receipt: z.string().max(2_000),
    data: z.object({ value: plainValue, text: z.string().max(2_000) }).optional(),
    prior: z.record(z.string(), plainValue).optional(),
  }),
  /** Not carried out. `stale`: the call came too late or from before a restart; `gone`: it was cancelled before. */
  z.object({
    status: z.literal('refused'),
    reason: z.enum(['device', 'arguments', 'function', 'stale', 'gone', 'key', 'busy']),
    why: z.string().max(2_000),
  }),
  z.object({ status: z.literal('failed'), message: z.string().max(2_000), next: z.string().max(2_000).optional() }),
  /** The device itself cannot say whether it happened: it lost power in the middle. */
  z.object({ status: z.literal('unknown'), why: z.string().max(2_000) }),
]);
export type WireOutcome = z.infer<typeof wireOutcomeSchema>;

/** What a device knows of a key. */
export const callStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('done'), outcome: wireOutcomeSchema }),
]);
export type CallStatus = z.infer<typeof callStatusSchema>;

export const callKeySchema = z.string().regex(/^[\x21-\x7e]{1,64}$/);
