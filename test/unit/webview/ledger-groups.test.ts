import assert from 'node:assert/strict';
import type { Cost, Row } from '../../../src/model/cost.js';
import { ledgerSections, sumOf } from '../../../webview/view-model/ledger-groups.js';

const row = (over: Partial<Row> & Pick<Row, 'id'>): Row => ({
  category: 'private',
  label: over.id,
  pages: 1,
  bytes: 4096,
  range: undefined,
  quality: 'exact',
  rule: 'relocation',
  object: undefined,
  reasons: [],
  detail: undefined,
  ...over,
});
const cost = (rows: readonly Row[]) => ({ rows }) as Cost;

describe('sections of the ledger', () => {
  const rows = [
    row({ id: 'stack' }),
    row({ id: 'a:data', object: 'liba', pages: 3, bytes: 12_288 }),
    row({ id: 'b:data', object: 'libb' }),
    row({ id: 'a:bss', object: 'liba', quality: 'guess' }),
    row({ id: 'pgd', category: 'page-tables', rule: 'tables' }),
    row({ id: 'lost', category: 'shared', object: 'libc', bytes: undefined, pages: undefined }),
  ];

  it('come in the order of the headline, without empty ones', () => {
    const sections = ledgerSections(cost(rows));
    assert.deepEqual(
      sections.map(({ category }) => category),
      ['private', 'page-tables', 'shared'],
    );
  });

  it('gather the rows of one object, and keep every row', () => {
    const [section] = ledgerSections(cost(rows));
    assert.deepEqual(
      section?.groups.map(({ object, rows: members }) => [object, members.map(({ id }) => id)]),
      [
        [undefined, ['stack']],
        ['liba', ['a:data', 'a:bss']],
        ['libb', ['b:data']],
      ],
    );
    assert.deepEqual(section?.groups[1]?.sum, {
      pages: 4,
      bytes: 16_384,
      quality: 'guess',
      incomplete: false,
    });
  });

  it('do not mistake a row’s id for an object of that name', () => {
    const [section] = ledgerSections(cost([row({ id: 'x' }), row({ id: 'y', object: 'x' })]));
    assert.equal(section?.groups.length, 2);
  });
});

describe('sums of the ledger', () => {
  it('are a lower bound where a row is unknown', () => {
    const lost = row({ id: 'b', bytes: undefined, pages: undefined, quality: 'unknown' });
    const sum = sumOf([row({ id: 'a' }), lost]);
    assert.deepEqual(sum, { pages: 1, bytes: 4096, quality: 'floor', incomplete: true });
  });

  it('are as sure as the least sure row, and no floor with a mean or a maximum in them', () => {
    const quality = (...qualities: readonly Row['quality'][]) =>
      sumOf(qualities.map((quality, i) => row({ id: `${i}`, quality }))).quality;
    assert.equal(quality(), 'exact');
    assert.equal(quality('exact', 'measured'), 'measured');
    assert.equal(quality('measured', 'floor'), 'floor');
    assert.equal(quality('range', 'floor'), 'range');
    assert.equal(quality('range', 'unknown'), 'range');
    assert.equal(quality('guess', 'range'), 'guess');
  });

  it('have no pages where a row does not count in pages', () => {
    assert.equal(sumOf([row({ id: 'a' }), row({ id: 'k', pages: undefined })]).pages, undefined);
  });
});
