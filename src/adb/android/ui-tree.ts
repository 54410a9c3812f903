/** One control of a screen dump (`uiautomator dump`). */
export interface UiNode {
  readonly resourceId: string;
  readonly description: string;
  readonly text: string;
  readonly className: string;
  readonly packageName: string;
  readonly isChecked: boolean;
  readonly isEnabled: boolean;
  /** The middle of its bounds, in pixels. */
  readonly x: number;
  readonly y: number;
}

const MAX_NODES = 5_000;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/**
 * The controls of a dump, in document order. The dump is flat enough for its tags to be read one by one: every node has all
 * its facts in attributes, and attributes are escaped. Nodes without sensible bounds are left out.
 */
export function parseUiTree(xml: string): readonly UiNode[] {
  const nodes: UiNode[] = [];
  for (const [, attributes] of xml.matchAll(/<node((?:\s+[\w-]+="[^"<]*")*)\s*\/?>/g)) {
    if (nodes.length >= MAX_NODES) break;
    const values = new Map<string, string>();
    for (const [, name, value] of (attributes ?? '').matchAll(/([\w-]+)="([^"<]*)"/g)) {
      if (name !== undefined) values.set(name, decode(value ?? ''));
    }
    const bounds = /^\[(-?\d{1,5}),(-?\d{1,5})\]\[(-?\d{1,5}),(-?\d{1,5})\]$/.exec(values.get('bounds') ?? '');
    if (!bounds) continue;
    const [left, top, right, bottom] = bounds.slice(1).map(Number) as [number, number, number, number];
    if (right <= left || bottom <= top) continue;
    nodes.push({
      resourceId: values.get('resource-id') ?? '',
      description: values.get('content-desc') ?? '',
      text: values.get('text') ?? '',
      className: values.get('class') ?? '',
      packageName: values.get('package') ?? '',
      isChecked: values.get('checked') === 'true',
      isEnabled: values.get('enabled') !== 'false',
      x: Math.floor((left + right) / 2),
      y: Math.floor((top + bottom) / 2),
    });
  }
  return nodes;
}

/** What a text must be like: a regular expression, or anything that can test one. */
export interface Pattern {
  test(text: string): boolean;
}

/** Ways to know a control, surest first. */
export interface UiQuery {
  readonly resourceIds?: readonly Pattern[];
  readonly descriptions?: readonly Pattern[];
  readonly texts?: readonly Pattern[];
  /** Only controls of this app. */
  readonly packageName?: string;
}

/** The first enabled control that fits: by resource id, else by description, else by text. */
export function findNode(nodes: readonly UiNode[], query: UiQuery): UiNode | null {
  const usable = nodes.filter((node) => {
    return node.isEnabled && (query.packageName === undefined || node.packageName === query.packageName);
  });
  const by = (patterns: readonly Pattern[] | undefined, read: (node: UiNode) => string): UiNode | undefined => {
    for (const pattern of patterns ?? []) {
      const found = usable.find((node) => pattern.test(read(node)));
      if (found) return found;
    }
    return undefined;
  };
  return (
    by(query.resourceIds, (node) => node.resourceId) ??
    by(query.descriptions, (node) => node.description) ??
    by(query.texts, (node) => node.text) ??
    null
  );
}
