import { fileURLToPath } from 'node:url';
import { type AnyDefinition, loadSync, type ServiceDefinition } from '@grpc/proto-loader';
import { TentacleError } from '../../core/failure.js';

/** The official interface files, beside `src` and `dist` alike. */
const protocols = fileURLToPath(new URL('../../../protocols/', import.meta.url));

/**
 * The service `kuksa.val.v2.VAL`. Its messages are plain objects with the field names of the proto; a oneof carries the
 * name of the field that is set, an unset message is null, enums are their names, 64-bit numbers are numbers.
 */
export function kuksaService(): ServiceDefinition {
  const definitions = loadSync('kuksa/val/v2/val.proto', {
    includeDirs: [protocols],
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const service = definitions['kuksa.val.v2.VAL'];
  if (service && isService(service)) return service;
  throw new TentacleError({
    code: 'PROTOCOL_FILES',
    fault: 'tentacle',
    message: 'The interface files of the virtual car are damaged.',
    next: 'Install Tentacle again.',
  });
}

const isService = (definition: AnyDefinition): definition is ServiceDefinition => !('format' in definition);
