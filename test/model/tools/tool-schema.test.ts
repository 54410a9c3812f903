import { describe, expect, it } from 'vitest';
import { catalog, findFunction } from '../../../src/catalog/catalog.js';
import { toolSchema } from '../../../src/model/tools/tool-schema.js';

describe('toolSchema', () => {
  it('describes types, choices, limits and what may be left out', () => {
    const volume = findFunction('set_volume');
    expect(volume && toolSchema(volume, { beside: false })).toEqual({
      name: 'set_volume',
      description: 'Set volume (the phone)',
      parameters: {
        type: 'object',
        properties: {
          level: { type: 'number', description: 'percent', minimum: 0, maximum: 100 },
          volume_type: { type: 'string', enum: ['ring', 'media', 'alarm'] },
        },
        required: ['level'],
        additionalProperties: false,
      },
    });
  });

  it('offers results of other calls exactly where the catalogue accepts them', () => {
    for (const descriptor of catalog) {
      const { properties } = toolSchema(descriptor, { beside: false }).parameters;
      expect(Object.keys(properties)).toEqual(descriptor.parameters.map(({ name }) => name));
      for (const { name, accepts } of descriptor.parameters)
        expect(properties[name]?.description?.includes('$1') ?? false).toBe(accepts.length > 0);
    }
  });

  it('adds order and device beside the parameters of any function, which have other names', () => {
    for (const descriptor of catalog) {
      expect(descriptor.parameters.some(({ name }) => name === 'after' || name === 'device')).toBe(false);
      const { properties, required } = toolSchema(descriptor, { beside: true }).parameters;
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(['after', 'device']));
      expect(required).not.toContain('after');
    }
  });
});
