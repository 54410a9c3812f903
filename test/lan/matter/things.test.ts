import { describe, expect, it } from 'vitest';
import type { Attributes, EndpointView } from '../../../src/lan/matter/endpoint-view.js';
import { thingsOf } from '../../../src/lan/matter/things.js';

const LIGHT = 0x0100;
const PLUG = 0x010a;
const COVER = 0x0202;

interface Written {
  readonly number: number;
  readonly types?: readonly number[];
  readonly parent?: number;
  readonly clusters?: Readonly<Record<string, Attributes>>;
}

const endpoint = ({ number, types = [], parent, clusters = {} }: Written): EndpointView => ({
  number,
  parent: parent ?? null,
  deviceTypes: types,
  cluster: (name) => clusters[name] ?? null,
});
const root = (basicInformation: Attributes = {}): EndpointView =>
  endpoint({ number: 0, types: [0x16], clusters: { basicInformation } });
const thingsIn = (endpoints: readonly EndpointView[], name: string | null = null) =>
  thingsOf({ id: '7', endpoints, name });

describe('the things of a Matter node', () => {
  it('calls the only thing by the name that the user gave, then the node label, then the product', () => {
    const lamp = endpoint({ number: 1, types: [LIGHT] });
    const facts = { nodeLabel: 'Desk lamp', productName: 'A19', vendorName: 'Acme' };
    expect(thingsIn([root(facts), lamp], 'My lamp')).toMatchObject([
      {
        id: 'matter:7-1',
        name: 'My lamp',
        aliases: ['Desk lamp', 'A19'],
        details: { manufacturer: 'Acme', model: 'A19' },
      },
    ]);
    expect(thingsIn([root(facts), lamp])).toMatchObject([{ name: 'Desk lamp', aliases: ['A19'] }]);
    expect(thingsIn([root({ nodeLabel: '  ', productName: 'A19' }), lamp])).toMatchObject([{ name: 'A19' }]);
    expect(thingsIn([root(), lamp])).toMatchObject([{ name: 'light' }]);
  });

  it('tells several things of one node apart', () => {
    const strip = [1, 2, 3].map((number) => endpoint({ number, types: [number === 3 ? LIGHT : PLUG] }));
    expect(thingsIn([root({ nodeLabel: 'Desk' }), ...strip]).map(({ name }) => name)).toEqual([
      'Desk switch 1',
      'Desk switch 2',
      'Desk light',
    ]);
    expect(thingsIn([root({ nodeLabel: 'Desk' }), ...strip], 'Study')).toMatchObject([
      { name: 'Study switch 1', groups: ['Study'] },
      { name: 'Study switch 2' },
      { name: 'Study light' },
    ]);
  });

  it('calls a bridged thing as the bridge does, also a part of it, and its room by label', () => {
    const bridged = endpoint({
      number: 5,
      types: [0x13],
      clusters: { bridgedDeviceBasicInformation: { nodeLabel: 'Window', reachable: false } },
    });
    const part = endpoint({
      number: 6,
      parent: 5,
      types: [COVER],
      clusters: { windowCovering: { type: 4 }, fixedLabel: { labelList: [{ label: 'Room', value: 'Bedroom' }] } },
    });
    const other = endpoint({ number: 8, types: [PLUG] });
    expect(thingsIn([root(), endpoint({ number: 1, types: [0x0e] }), bridged, part, other])).toMatchObject([
      { id: 'matter:7-6', name: 'Window', room: 'Bedroom', deviceClass: 'curtain', isReachable: false },
      { name: 'switch', isReachable: true },
    ]);
  });

  it('leaves out what is no thing', () => {
    expect(thingsIn([root({ nodeLabel: 'Hub' }), endpoint({ number: 1, types: [0x0e] })])).toEqual([]);
  });

  it('takes names from strangers with care', () => {
    const lamp = endpoint({
      number: 1,
      types: [LIGHT],
      clusters: {
        fixedLabel: { labelList: [{ label: 'room', value: 'a\u001b[2Jb\nc' }] },
        userLabel: { labelList: 'none' },
      },
    });
    const [thing] = thingsIn([root({ nodeLabel: `\u0007${'x'.repeat(10_000)}`, vendorName: 7 }), lamp]);
    expect(thing?.name.length).toBeLessThanOrEqual(65);
    expect(thing?.name).not.toContain('\u0007');
    expect(thing?.room).toBe('a [2Jb c');
    expect(thing?.details).toEqual({});
  });

  it('ends with bridges that are no trees, or have no end', () => {
    const ring = [
      endpoint({ number: 1, parent: 2, types: [LIGHT] }),
      endpoint({ number: 2, parent: 1, types: [LIGHT] }),
    ];
    expect(thingsIn([root(), ...ring])).toHaveLength(2);
    const many = Array.from({ length: 5_000 }, (_, index) => endpoint({ number: index + 1, types: [PLUG] }));
    expect(thingsIn([root(), ...many])).toHaveLength(300);
  });
});
