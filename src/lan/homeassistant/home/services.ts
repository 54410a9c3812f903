import { z } from 'zod';
import type { Session } from '../link/session.js';

const schema = z.record(z.string(), z.record(z.string(), z.unknown()).catch({}));

/** The services that Home Assistant offers now: `get_services`. */
export class Services {
  readonly #names: ReadonlySet<string>;

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  static async read(session: Session, signal: AbortSignal): Promise<Services> {
    const domains = await session.request({ type: 'get_services' }, schema, signal);
    const names = Object.entries(domains).flatMap(([domain, services]) =>
      Object.keys(services).map((service) => `${domain}.${service}`),
    );
    return new Services(names);
  }

  /** Whether there is one of this name: "light.turn_on". */
  has(name: string): boolean {
    return this.#names.has(name);
  }
}
