import { z } from 'zod';
import type { Datapoint, StoredSignal } from '../signal-store.js';
import { allowedToWire, toWire, wireValueSchema } from '../vss/wire-value.js';

const signalId = z.object({ path: z.string().optional(), id: z.number().optional() }).nullish();
export type SignalId = z.infer<typeof signalId>;

export const getValueRequest = z.object({ signal_id: signalId });
export const getValuesRequest = z.object({ signal_ids: z.array(signalId) });
export const actuateRequest = z.object({ signal_id: signalId, value: wireValueSchema.nullish() });
export type ActuateRequest = z.infer<typeof actuateRequest>;
export const batchActuateRequest = z.object({ actuate_requests: z.array(actuateRequest) });
export const listMetadataRequest = z.object({ root: z.string() });
export const publishValueRequest = z.object({
  signal_id: signalId,
  data_point: z.object({ value: wireValueSchema.nullish() }).nullish(),
});
export const nothing = z.object({});

const options = {
  buffer_size: z.number(),
  filter: z.object({ min_sample_interval: z.object({ interval_ms: z.number() }).nullish() }).nullish(),
};
export const subscribeRequest = z.object({ ...options, signal_paths: z.array(z.string()) });
export const subscribeByIdRequest = z.object({ ...options, signal_ids: z.array(z.number()) });
export type SubscribeOptions = Pick<z.infer<typeof subscribeRequest>, 'buffer_size' | 'filter'>;

/** A signal that has no value yet is a datapoint without one. */
export function toDatapoint(signal: StoredSignal, { value, at }: Datapoint): object {
  return {
    timestamp: { seconds: Math.floor(at / 1_000), nanos: (at % 1_000) * 1_000_000 },
    value: value === null ? null : toWire(signal, value),
  };
}

/** As the databroker, which leaves comment, deprecation and sample interval empty. */
export function toMetadata(signal: StoredSignal): object {
  return {
    path: signal.path,
    id: signal.id,
    data_type: `DATA_TYPE_${signal.type.toUpperCase()}`,
    entry_type: `ENTRY_TYPE_${signal.entry.toUpperCase()}`,
    description: signal.description,
    unit: signal.unit,
    allowed_values: allowedToWire(signal),
    min: signal.min === null ? null : toWire(signal, signal.min),
    max: signal.max === null ? null : toWire(signal, signal.max),
  };
}
