import { type Failure, TentacleError } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { PairedDevices } from '../../lan/native/paired-devices.js';
import type { SearchingTransport } from './open-connection.js';

/**
 * The way to the devices that this computer is paired with; null where it is paired with none. Failures:
 * PAIRED_DEVICES_UNREADABLE, IDENTITY_UNREADABLE.
 */
export async function openPairedDevices(folder: string): Promise<Result<SearchingTransport | null, Failure>> {
  const paired = await new PairedDevices(folder).all();
  if (!paired.ok) return paired;
  if (paired.value.length === 0) return ok(null);
  try {
    // The client of MCP is loaded only where there is somebody to talk to.
    const { loadIdentity } = await import('../../lan/native/identity.js');
    const { NativeNetwork } = await import('../../lan/native/native-network.js');
    return ok(new NativeNetwork({ folder, identity: await loadIdentity(folder) }));
  } catch (error) {
    if (error instanceof TentacleError) return err(error.failure);
    throw error;
  }
}
