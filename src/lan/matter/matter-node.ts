import type { AttributeId } from '@matter/main';
import { z } from 'zod';
import { orAbort } from '../../core/deadline.js';
import type { Attributes, EndpointView } from './endpoint-view.js';
import { refusedWith } from './matter-failures.js';
import type { ClientNode, ClusterName, Endpoint, MatterLibrary } from './matter-library.js';

/** Attributes of one cluster that are read together with others. */
export interface Wanted {
  readonly cluster: ClusterName;
  readonly names: readonly string[];
}

/** What came of it; a cluster or an attribute that the device does not have is absent. */
export type Answer = ReadonlyMap<ClusterName, Attributes>;

/** A command's or an attribute's place. */
export interface Place {
  readonly endpoint: number;
  readonly cluster: ClusterName;
  readonly name: string;
}

/** Above the library's own throttle: a call that hangs must not hold back the next one. */
const NETWORK = 'unlimited';

/**
 * A commissioned device. Every request ends with the given signal at the latest, whatever the library does: after the link is
 * lost, its first request fails after 15 s and the next hangs for more than a minute.
 */
export class MatterNode {
  /** Its number in our fabric, in decimal: stable until it is forgotten. */
  readonly id: string;
  readonly #matter: MatterLibrary;
  readonly #node: ClientNode;
  #isSubscribed = false;

  constructor(matter: MatterLibrary, node: ClientNode, id: string) {
    this.#matter = matter;
    this.#node = node;
    this.id = id;
  }

  /** Whether the device reports its changes to us at the moment. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Calls back when the device begins or ends to report its changes, until the returned function is called. */
  watchSubscription(listener: () => void): () => void {
    const { subscriptionStatusChanged } = this.#node.eventsOf(this.#matter.NetworkClient);
    const observer = (isActive: boolean): void => {
      this.#isSubscribed = isActive;
      listener();
    };
    subscriptionStatusChanged.on(observer);
    // It may have begun before anybody listened.
    const said = this.#node.act((agent) => z.boolean().parse(agent.get(this.#matter.NetworkClient).subscriptionActive));
    this.#isSubscribed = said === true;
    return () => subscriptionStatusChanged.off(observer);
  }

  /** All endpoints as last reported, the root first. */
  endpoints(): readonly EndpointView[] {
    // The library takes a node apart when it has left the fabric.
    if (this.#node.construction.status !== this.#matter.Lifecycle.Status.Active) return [];
    return [...this.#node.endpoints]
      .map((endpoint) => this.#view(endpoint))
      .toSorted((one, other) => one.number - other.number);
  }

  /**
   * Reads attributes from the device itself. Rejects with the signal's reason, DEVICE_REFUSED, or the library's own error for a
   * link that is lost.
   */
  async read(endpoint: number, wanted: readonly Wanted[], signal: AbortSignal): Promise<Answer> {
    const { Read, EndpointNumber } = this.#matter;
    const paths = wanted.flatMap(({ cluster, names }) => {
      const { id: clusterId } = this.#matter.clusters[cluster];
      return names.map((name) => ({ cluster, name, clusterId, attributeId: this.#attributeId(cluster, name) }));
    });
    const endpointId = EndpointNumber(endpoint);
    const attributes = paths.map(({ clusterId, attributeId }) => ({ endpointId, clusterId, attributeId }));
    const run = async (): Promise<Answer> => {
      const answer = new Map<ClusterName, Attributes>();
      const request = { ...Read({ attributes }), network: NETWORK, includeKnownVersions: true };
      for await (const chunk of this.#node.interaction.read(request)) {
        for await (const report of chunk) {
          if (report.kind !== 'attr-value') continue;
          const { clusterId, attributeId } = report.path;
          const path = paths.find(
            (candidate) => candidate.clusterId === clusterId && candidate.attributeId === attributeId,
          );
          if (path) answer.set(path.cluster, { ...answer.get(path.cluster), [path.name]: report.value });
        }
      }
      return answer;
    };
    return orAbort(this.#translated(run()), signal);
  }

  /** Sends one command and waits for the device's answer, which is not checked. Rejects as {@link read} does. */
  async invoke(place: Place, fields: Attributes | undefined, signal: AbortSignal): Promise<unknown> {
    const { Invoke, EndpointNumber, StatusResponseError, Status } = this.#matter;
    const run = async (): Promise<unknown> => {
      const command = Invoke.ConcreteCommandRequest({
        endpoint: EndpointNumber(place.endpoint),
        cluster: this.#matter.clusters[place.cluster],
        command: place.name,
        ...(fields ? { fields } : {}),
      });
      const request = { ...Invoke({ commands: [command] }), network: NETWORK, batchDuration: false as const };
      for await (const chunk of this.#node.interaction.invoke(request)) {
        for (const entry of chunk) {
          if (entry.kind === 'cmd-response') return entry.data;
          if (entry.status !== Status.Success) throw StatusResponseError.create(entry.status);
          return undefined;
        }
      }
      return undefined;
    };
    return orAbort(this.#translated(run()), signal);
  }

  /** Writes one attribute. Rejects as {@link read} does. */
  async write(place: Place, value: number, signal: AbortSignal): Promise<void> {
    const { Write, EndpointNumber, StatusResponseError, Status } = this.#matter;
    const run = async (): Promise<void> => {
      const attribute = Write.Attribute({
        endpoint: EndpointNumber(place.endpoint),
        cluster: this.#matter.clusters[place.cluster],
        attributes: place.name,
        value,
      });
      for (const { status } of (await this.#node.interaction.write({ ...Write(attribute), network: NETWORK })) ?? [])
        if (status !== Status.Success) throw StatusResponseError.create(status);
    };
    await orAbort(this.#translated(run()), signal);
  }

  #attributeId(cluster: ClusterName, name: string) {
    const globals: Readonly<Record<string, { readonly id: AttributeId }>> = this.#matter.Global.attributes;
    const attribute = this.#matter.clusters[cluster].attributes?.[name] ?? globals[name];
    if (!attribute) throw new this.#matter.ImplementationError(`${cluster} has no attribute ${name}`);
    return attribute.id;
  }

  /** The device's own "no" as a failure that says so; what is left is the link's fault. */
  async #translated<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const status = this.#matter.StatusResponseError.of(error);
      throw status ? refusedWith('The device', status.id) : error;
    }
  }

  #view(endpoint: Endpoint): EndpointView {
    return {
      number: endpoint.number,
      parent: parentOf(endpoint),
      deviceTypes: deviceTypesOf(endpoint),
      cluster: (name) => {
        const state = endpoint.maybeStateOf(name);
        return state === undefined ? null : { ...state };
      },
    };
  }
}

const deviceTypesSchema = z.object({ deviceTypeList: z.array(z.object({ deviceType: z.number() })) });

function deviceTypesOf(endpoint: Endpoint): readonly number[] {
  const descriptor = deviceTypesSchema.safeParse({ ...endpoint.maybeStateOf('descriptor') });
  return descriptor.success ? descriptor.data.deviceTypeList.map(({ deviceType }) => deviceType) : [];
}

/** The number of the endpoint that it is a part of; the root counts as none. */
function parentOf({ owner }: Endpoint): number | null {
  return owner === undefined || owner.owner === undefined || owner.number === 0 ? null : owner.number;
}
