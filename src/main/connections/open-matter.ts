import { join } from 'node:path';
import type { MatterTransport } from '../../lan/matter/matter-transport.js';

/** The one transport of all Matter devices of a data folder: they share a fabric. Its library is loaded only now. */
export async function openMatter(dataFolder: string): Promise<MatterTransport> {
  const { MatterTransport } = await import('../../lan/matter/matter-transport.js');
  return new MatterTransport({ folder: join(dataFolder, 'matter'), virtual: false });
}
