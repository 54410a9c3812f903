import type { Metadata, UntypedServiceImplementation } from '@grpc/grpc-js';
import { ok } from '../../../core/result.js';
import type { CarBody, Target } from '../body/car-body.js';
import type { SignalStore, StoredSignal } from '../signal-store.js';
import { metadataPattern } from '../vss/metadata-pattern.js';
import { fromWire } from '../vss/wire-value.js';
import { type Answer, type CallRules, clientStreaming, serverStreaming, unary } from './handlers.js';
import {
  type ActuateRequest,
  actuateRequest,
  batchActuateRequest,
  getValueRequest,
  getValuesRequest,
  listMetadataRequest,
  nothing,
  publishValueRequest,
  type SubscribeOptions,
  subscribeByIdRequest,
  subscribeRequest,
  toDatapoint,
  toMetadata,
} from './messages.js';
import { denied, invalid, notFound } from './refusal.js';
import type { SignalAccess } from './signal-access.js';
import { serveSubscription } from './subscription.js';

const MAX_BUFFER_SIZE = 1_000;

export interface CarServiceParts {
  readonly store: SignalStore;
  readonly access: SignalAccess;
  readonly body: CarBody;
  readonly rules: CallRules;
  readonly serverInfo: { readonly name: string; readonly version: string; readonly commit_hash: string };
}

/**
 * The calls of `kuksa.val.v2.VAL`, as Eclipse's databroker answers them. `OpenProviderStream` is left out, and so
 * UNIMPLEMENTED: the provider of this car is the car.
 */
export function carService({ store, access, body, rules, serverInfo }: CarServiceParts): UntypedServiceImplementation {
  const datapoint = (signal: StoredSignal): object => toDatapoint(signal, store.get(signal.path));

  const actuateAll = (requests: readonly ActuateRequest[], headers: Metadata): Answer => {
    const targets: Target[] = [];
    for (const request of requests) {
      const target = access.target(request);
      // One that is refused refuses them all: none is carried out.
      if (!target.ok) return target;
      targets.push(target.value);
    }
    const key = headers.get('idempotency-key')[0];
    body.carryOut(targets, key === undefined ? undefined : String(key));
    return ok({});
  };

  const subscribe = (
    signals: readonly StoredSignal[],
    options: SubscribeOptions,
    nameOf: (signal: StoredSignal) => string | number,
    stream: Parameters<typeof serveSubscription>[0],
  ) => {
    if (signals.length === 0) return invalid('No valid id or path specified');
    if (options.buffer_size > MAX_BUFFER_SIZE) return invalid(`buffer_size is at most ${MAX_BUFFER_SIZE}`);
    serveSubscription(stream, store, {
      signals,
      nameOf,
      isHidden: (path) => access.isHidden(path),
      bufferSize: options.buffer_size,
      intervalMs: options.filter?.min_sample_interval?.interval_ms ?? 0,
    });
    return ok(undefined);
  };

  return {
    GetServerInfo: unary(rules, nothing, () => ok(serverInfo)),

    ListMetadata: unary(rules, listMetadataRequest, ({ root }) => {
      const isMatch = metadataPattern(root);
      if (!isMatch) return invalid('Invalid Pattern Argument');
      const signals = access.all().filter(({ path }) => isMatch(path));
      if (signals.length === 0) return notFound('Specified root branch does not exist');
      return ok({ metadata: signals.map(toMetadata) });
    }),

    GetValue: unary(rules, getValueRequest, ({ signal_id }) => {
      const signal = access.readable(signal_id);
      return signal.ok ? ok({ data_point: datapoint(signal.value) }) : signal;
    }),

    GetValues: unary(rules, getValuesRequest, ({ signal_ids }) => {
      const signals = access.findAll(signal_ids);
      if (!signals.ok) return signals;
      const hidden = signals.value.find(({ path }) => access.isHidden(path));
      if (hidden) return denied(`Permission denied (id: ${hidden.id})`);
      // A signal that is asked for twice is answered once, as the databroker does.
      return ok({ data_points: [...new Set(signals.value)].map(datapoint) });
    }),

    Subscribe: serverStreaming(rules, subscribeRequest, (request, stream) => {
      const signals = access.findAll(request.signal_paths.map((path) => ({ path })));
      return signals.ok ? subscribe(signals.value, request, ({ path }) => path, stream) : signals;
    }),

    SubscribeById: serverStreaming(rules, subscribeByIdRequest, (request, stream) => {
      const signals = access.findAll(request.signal_ids.map((id) => ({ id })));
      return signals.ok ? subscribe(signals.value, request, ({ id }) => id, stream) : signals;
    }),

    Actuate: unary(rules, actuateRequest, (request, headers) => actuateAll([request], headers)),

    ActuateStream: clientStreaming(rules, actuateRequest, (request, headers) => actuateAll([request], headers)),

    BatchActuate: unary(rules, batchActuateRequest, ({ actuate_requests }, headers) =>
      actuateAll(actuate_requests, headers),
    ),

    PublishValue: unary(rules, publishValueRequest, ({ signal_id, data_point }) => {
      if (!data_point) return invalid('No datapoint provided');
      const signal = access.find(signal_id);
      if (!signal.ok) return signal;
      if (access.isUnwritable(signal.value.path)) return denied(`Permission denied for ${signal.value.path}`);
      if (!data_point.value) {
        body.publish(new Map([[signal.value.path, null]]));
        return ok({});
      }
      const value = fromWire(signal.value, data_point.value);
      if (!value.ok) return invalid(value.error);
      body.publish(new Map([[signal.value.path, value.value]]));
      return ok({});
    }),
  };
}
