/** Who publishes the discovery: every payload says that these are not real devices. */
export const ORIGIN_NAME = 'Tentacle virtual home';
export const ORIGIN_VERSION = '1.0';
export const MANUFACTURER = 'Tentacle';

export type Payload = Readonly<Record<string, unknown>>;
