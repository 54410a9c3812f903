import type { Signal } from '../../../src/virtual/car/vss/signal.js';

interface Branch {
  readonly type: 'branch';
  readonly description: string;
  readonly children: Record<string, Branch | object>;
}

const branch = (description: string): Branch => ({ type: 'branch', description, children: {} });
const isBranch = (node: Branch | object | undefined): node is Branch => node !== undefined && 'children' in node;

/** The signals as the JSON of vss-tools, from which a databroker reads its tree. First values are left out. */
export function vssTree(signals: readonly Signal[]): object {
  const root = branch('');
  for (const signal of signals) {
    const parts = signal.path.split('.');
    const name = parts.pop() ?? '';
    let node = root;
    for (const part of parts) {
      const found = node.children[part];
      const next = isBranch(found) ? found : branch(part);
      node.children[part] = next;
      node = next;
    }
    node.children[name] = {
      type: signal.entry,
      datatype: signal.type,
      description: signal.description,
      ...(signal.unit === '' ? {} : { unit: signal.unit }),
      ...(signal.min === null ? {} : { min: signal.min }),
      ...(signal.max === null ? {} : { max: signal.max }),
      ...(signal.allowed === null ? {} : { allowed: signal.allowed }),
    };
  }
  return root.children;
}
