import {
  type handleUnaryCall,
  type Metadata,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { z } from 'zod';
import type { Result } from '../../../core/result.js';
import { invalid, type Refusal } from './refusal.js';

/** What all calls have in common. */
export interface CallRules {
  readonly admit: (headers: Metadata) => Result<void, Refusal>;
  /** Runs the answer later, if answers are delayed. */
  readonly later: (answer: () => void) => void;
}

export type Answer = Result<object, Refusal>;

/** A call with one request and one answer. */
export function unary<T>(
  rules: CallRules,
  schema: z.ZodType<T>,
  answer: (request: T, headers: Metadata) => Answer,
): handleUnaryCall<unknown, object> {
  return (call: ServerUnaryCall<unknown, object>, callback: sendUnaryData<object>) => {
    const admitted = rules.admit(call.metadata);
    const result = admitted.ok ? answerTo(schema, call.request, call.metadata, answer) : admitted;
    rules.later(() => reply(callback, result));
  };
}

/** A call with many requests and one answer, at the end or at the first request that is refused. */
export function clientStreaming<T>(
  rules: CallRules,
  schema: z.ZodType<T>,
  answer: (request: T, headers: Metadata) => Answer,
): (call: ServerReadableStream<unknown, object>, callback: sendUnaryData<object>) => void {
  return (call, callback) => {
    let isAnswered = false;
    const end = (result: Answer): void => {
      if (isAnswered) return;
      isAnswered = true;
      rules.later(() => reply(callback, result));
    };
    const admitted = rules.admit(call.metadata);
    if (!admitted.ok) return end(admitted);
    call.on('data', (request: unknown) => {
      if (isAnswered) return;
      const result = answerTo(schema, request, call.metadata, answer);
      if (!result.ok) end(result);
    });
    call.on('end', () => end({ ok: true, value: {} }));
  };
}

/** A call with one request and a stream of answers; `serve` owns the stream from then on. */
export function serverStreaming<T>(
  rules: CallRules,
  schema: z.ZodType<T>,
  serve: (request: T, stream: ServerWritableStream<unknown, unknown>) => Result<void, Refusal>,
): (stream: ServerWritableStream<unknown, unknown>) => void {
  return (stream) => {
    rules.later(() => {
      if (stream.cancelled) return;
      const admitted = rules.admit(stream.metadata);
      const request = schema.safeParse(stream.request);
      const served = !admitted.ok ? admitted : request.success ? serve(request.data, stream) : invalid('Bad request');
      if (!served.ok) stream.emit('error', served.error);
    });
  };
}

function answerTo<T>(
  schema: z.ZodType<T>,
  request: unknown,
  headers: Metadata,
  answer: (request: T, headers: Metadata) => Answer,
): Answer {
  const parsed = schema.safeParse(request);
  return parsed.success ? answer(parsed.data, headers) : invalid('Bad request');
}

function reply(callback: sendUnaryData<object>, result: Answer): void {
  if (result.ok) callback(null, result.value);
  else callback({ code: result.error.code ?? status.UNKNOWN, details: result.error.details });
}
