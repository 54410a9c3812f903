import type { Failure } from '../../core/failure.js';
import { parseAnnouncement } from './discovery.js';
import { Part } from './part.js';
import type { Reading } from './reading.js';

/** Most entities of one broker. */
export const MAX_ENTITIES = 2_000;
/** Most topics with a malformed announcement that are remembered. */
const MAX_REMEMBERED = 500;

/** The entities that were announced, by the topic of their announcement. */
export class EntityRegistry {
  readonly #prefix: string;
  readonly #parts = new Map<string, readonly Part[]>();
  readonly #payloads = new Map<string, string>();
  readonly #malformed = new Map<string, string>();
  readonly #crowdedOut = new Set<string>();
  #count = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** All parts, each unique id once: the first that announced it keeps it. */
  parts(): readonly Part[] {
    const byId = new Map<string, Part>();
    for (const part of [...this.#parts.values()].flat()) {
      const { component, uniqueId } = part.entity;
      // Home Assistant keeps them apart by component too.
      if (!byId.has(`${component} ${uniqueId}`)) byId.set(`${component} ${uniqueId}`, part);
    }
    return [...byId.values()];
  }

  readings(): readonly Reading[] {
    return [...this.#parts.values()].flat().flatMap((part) => part.allReadings());
  }

  /** Takes an announcement; null when it changes nothing, else the parts that came and went. */
  take(topic: string, payload: string): { readonly added: readonly Part[]; readonly removed: readonly Part[] } | null {
    // Announced again without a change, as after every restart of a gateway: calls under way keep their readings.
    if (this.#payloads.get(topic) === payload) return null;
    const announcement = parseAnnouncement(this.#prefix, topic, payload);
    if (announcement.kind === 'ignored') return null;
    this.#malformed.delete(topic);
    this.#crowdedOut.delete(topic);
    const removed = this.#parts.get(topic) ?? [];
    this.#forget(topic, removed);
    if (announcement.kind === 'malformed') {
      if (this.#malformed.size < MAX_REMEMBERED) this.#malformed.set(topic, announcement.why);
      return { added: [], removed };
    }
    if (announcement.entities.length === 0) return removed.length === 0 ? null : { added: [], removed };
    if (this.#count + announcement.entities.length > MAX_ENTITIES) {
      if (this.#crowdedOut.size < MAX_REMEMBERED) this.#crowdedOut.add(topic);
      return { added: [], removed };
    }
    const added = announcement.entities.map((entity) => new Part(entity));
    this.#count += added.length;
    this.#parts.set(topic, added);
    this.#payloads.set(topic, payload);
    return { added, removed };
  }

  /** What could not be read, and what there was no room for. */
  problems(): readonly Failure[] {
    const problems: Failure[] = [];
    if (this.#malformed.size > 0) {
      const examples = [...this.#malformed].slice(0, 5).map(([topic, why]) => `${topic.slice(0, 120)}: ${why}`);
      problems.push({
        code: 'DISCOVERY_MALFORMED',
        fault: 'device',
        message: `${this.#malformed.size} announcements of MQTT devices cannot be read.`,
        next: 'Remove them from the broker, or look into the device that published them.',
        detail: examples.join('; '),
      });
    }
    if (this.#crowdedOut.size > 0) {
      problems.push({
        code: 'DISCOVERY_TOO_MANY',
        fault: 'device',
        message: `The broker announces more than ${MAX_ENTITIES} entities: ${this.#crowdedOut.size} announcements are left out.`,
        next: 'Remove the ones that are no longer there from the broker.',
      });
    }
    return problems;
  }

  #forget(topic: string, parts: readonly Part[]): void {
    this.#parts.delete(topic);
    this.#payloads.delete(topic);
    this.#count -= parts.length;
  }
}
