import { fileURLToPath } from 'node:url';
import { type AnyDefinition, loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { TentacleError } from '../../core/failure.js';

/** The official protos lie beside `src` and `dist`, both of which are one folder deep. */
const protocols = fileURLToPath(new URL('../../../protocols', import.meta.url));

/** The calls of `kuksa.val.v2.VAL` that a client of a car needs. */
export type KuksaMethod = 'ListMetadata' | 'GetValues' | 'Subscribe' | 'Actuate' | 'BatchActuate';

export type KuksaMethodDefinition = MethodDefinition<object, object>;

let service: ServiceDefinition | null = null;

/**
 * One method of `kuksa.val.v2.VAL`: its path, and how its messages are written and read. Messages are plain objects with
 * the proto's own names; an unset message is null, a oneof names its set field, enums are their names, 64 bits are
 * numbers.
 */
export function kuksaMethod(name: KuksaMethod): KuksaMethodDefinition {
  service ??= loadService();
  const method = service[name];
  if (!method) throw damaged(`the method ${name} is missing`);
  return method;
}

function loadService(): ServiceDefinition {
  const loaded = loadSync('kuksa/val/v2/val.proto', {
    includeDirs: [protocols],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const found = loaded['kuksa.val.v2.VAL'];
  if (!found || !isService(found)) throw damaged('the service kuksa.val.v2.VAL is missing');
  return found;
}

const isService = (definition: AnyDefinition): definition is ServiceDefinition => !('format' in definition);

function damaged(detail: string): TentacleError {
  return new TentacleError({
    code: 'PROTOCOL_FILES',
    fault: 'tentacle',
    message: "Tentacle's files for talking to cars are damaged.",
    next: 'Install Tentacle again.',
    detail,
  });
}
