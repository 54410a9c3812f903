import { z } from 'zod';
import { peerWords } from '../../core/peer-words.js';
import { deviceClassOf } from './device-class.js';
import type { Attributes, EndpointView } from './endpoint-view.js';
import type { Thing } from './thing.js';

/** Longest name that a device may give itself, in UTF-16 code units; the specification allows 64. */
const MAX_NAME = 64;
/** A bridge may have many things; beyond so many it is a mistake or an attack. */
const MAX_THINGS = 300;

/** What names of a node are taken from. */
export interface NodeFacts {
  readonly id: string;
  readonly endpoints: readonly EndpointView[];
  /** What the user called it when it was added, or null. */
  readonly name: string | null;
}

/**
 * The things of a node that a person would name: each of its endpoints of a kind that Tentacle knows. A thing behind a bridge has
 * a name of its own; the only thing of a node has the node's; several have the node's with what tells them apart.
 */
export function thingsOf(node: NodeFacts): readonly Thing[] {
  const parts = node.endpoints.flatMap((endpoint) => {
    const deviceClass = deviceClassOf(endpoint);
    return deviceClass === null ? [] : [{ endpoint, deviceClass }];
  });
  const root = node.endpoints.find(({ number }) => number === 0) ?? null;
  const product = informationOf(root?.cluster('basicInformation') ?? null);
  const things = parts.slice(0, MAX_THINGS).map(({ endpoint, deviceClass }) => {
    const bridged = informationOf(bridgedInformation(endpoint, node.endpoints));
    const labels = labelsOf(endpoint);
    const isAlone = parts.length === 1;
    const own = bridged.label ?? labels.get('name') ?? labels.get('label') ?? null;
    const ofNode = node.name ?? product.label;
    const named = (isAlone ? node.name : null) ?? own ?? (isAlone ? ofNode : null);
    const kind = deviceClass.replaceAll('_', ' ');
    const whole = ofNode ?? bridged.product ?? product.product;
    const name = named ?? (isAlone ? (whole ?? kind) : whole === null ? kind : `${whole} ${kind}`);
    const others = [own, bridged.product, isAlone ? product.label : null, isAlone ? product.product : null];
    return {
      id: `matter:${node.id}-${endpoint.number}`,
      name,
      aliases: [...new Set(others)].filter((other): other is string => other !== null && other !== name),
      room: labels.get('room') ?? labels.get('area') ?? null,
      deviceClass,
      groups: node.name !== null && !isAlone ? [node.name] : [],
      isReachable: bridged.isReachable,
      endpoint,
      details: {
        ...(product.vendor === null ? {} : { manufacturer: product.vendor }),
        ...((bridged.product ?? product.product) === null ? {} : { model: bridged.product ?? product.product ?? '' }),
      },
    };
  });
  return apart(things);
}

/** Things of one name get a number each, in the order of their endpoints. */
function apart(things: readonly Thing[]): readonly Thing[] {
  const count = new Map<string, number>();
  for (const { name } of things) count.set(name, (count.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return things.map((thing) => {
    if ((count.get(thing.name) ?? 0) < 2) return thing;
    const number = (seen.get(thing.name) ?? 0) + 1;
    seen.set(thing.name, number);
    return { ...thing, name: `${thing.name} ${number}` };
  });
}

/** What the bridge says of the device that this endpoint belongs to. */
function bridgedInformation(endpoint: EndpointView, endpoints: readonly EndpointView[]): Attributes | null {
  let at: EndpointView | undefined = endpoint;
  // No tree is as deep as it has endpoints.
  for (let depth = 0; at && depth < endpoints.length; depth++) {
    const information = at.cluster('bridgedDeviceBasicInformation');
    if (information) return information;
    const { parent }: EndpointView = at;
    at = endpoints.find(({ number }) => number === parent);
  }
  return null;
}

/** A device's words for a name: absent, empty and blank ones are none. */
const wordsSchema = z
  .string()
  .transform((text) => peerWords(text.replace(/\s+/g, ' '), MAX_NAME))
  .transform((text) => (text === '' ? null : text))
  .nullish()
  .catch(null)
  .transform((text) => text ?? null);

const informationSchema = z
  .object({
    nodeLabel: wordsSchema,
    productLabel: wordsSchema,
    productName: wordsSchema,
    vendorName: wordsSchema,
    reachable: z.unknown().optional(),
  })
  .catch({ nodeLabel: null, productLabel: null, productName: null, vendorName: null, reachable: null });

function informationOf(attributes: Attributes | null) {
  const { nodeLabel, productLabel, productName, vendorName, reachable } = informationSchema.parse(attributes ?? {});
  return {
    label: nodeLabel,
    product: productLabel ?? productName,
    vendor: vendorName,
    isReachable: reachable !== false,
  };
}

const labelListSchema = z
  .object({ labelList: z.array(z.object({ label: wordsSchema, value: wordsSchema })) })
  .catch({ labelList: [] });

/** The maker's labels and the user's, the latter first; by lower-case label. */
function labelsOf(endpoint: EndpointView): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const cluster of ['fixedLabel', 'userLabel'] as const) {
    for (const { label, value } of labelListSchema.parse(endpoint.cluster(cluster) ?? {}).labelList) {
      if (label !== null && value !== null) labels.set(label.toLowerCase(), value);
    }
  }
  return labels;
}
