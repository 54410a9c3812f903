import { describe, expect, it } from 'vitest';
import { ProviderError, type Row } from '../../../src/virtual/phone/providers/provider.js';
import { parseWhere } from '../../../src/virtual/phone/providers/where.js';

const rows: readonly Row[] = [
  { _id: 1, body: "it's", date: 10, note: null },
  { _id: 2, body: 'b AND c', date: 20, note: 'x' },
  { _id: 3, body: '%', date: 30, note: 'y' },
];
const ids = (condition: string): readonly unknown[] => {
  const fits = parseWhere(condition);
  return rows.filter((row) => fits(row, rows)).map(({ _id }) => _id);
};

describe('conditions of content queries', () => {
  it.each([
    ["body='it''s'", [1]],
    ["body='b AND c'", [2]],
    ['date>=20', [2, 3]],
    ['_id>1 AND date<30', [2]],
    ['_id=1 OR _id=3', [1, 3]],
    ['(_id=1 OR _id=2) AND note IS NULL', [1]],
    ['note IS NOT NULL', [2, 3]],
    ['_id IN (1, 3)', [1, 3]],
    ["body LIKE 'b%'", [2]],
    ["_id='2'", [2]],
    ['_id=(SELECT MAX(_id) FROM sms)', [3]],
    ['NOT _id=2', [1, 3]],
  ])('%s', (condition, wanted) => expect(ids(condition)).toEqual(wanted));

  it.each(['body=', "body='open", 'nothing=1', '_id=1 AND', ';', '_id=1; DROP TABLE sms'])(
    'refuses %s as SQLite does',
    (condition) => {
      expect(() => ids(condition)).toThrow(ProviderError);
    },
  );
});
