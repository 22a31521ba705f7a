import assert from 'node:assert/strict';
import type { ComparedRow, Comparison } from '../../../src/model/comparison.js';
import type { MeasuredProcess } from '../../../src/model/measurement.js';
import {
  agreementOf,
  comparedSections,
  tablesNeeded,
} from '../../../webview/view-model/compared-sections.js';
import { differenceInWords, processesInWords } from '../../../webview/view-model/compared-words.js';

const PAGE = 4096;
const row = (over: Partial<ComparedRow> & Pick<ComparedRow, 'id'>): ComparedRow => ({
  category: 'private',
  label: over.id,
  object: undefined,
  predicted: PAGE,
  range: undefined,
  quality: 'exact',
  measured: PAGE,
  why: undefined,
  unpredicted: [],
  unwritten: [],
  ...over,
});
const comparison = (rows: readonly ComparedRow[], sums: Comparison['sums'] = []): Comparison => ({
  processes: 1,
  rows,
  sums,
  tablesAgree: true,
  remarks: [],
});

describe('sections of a comparison', () => {
  const rows = [
    row({ id: 'stack', predicted: 2 * PAGE }),
    row({ id: 'a:data', object: 'liba' }),
    row({ id: 'a:bss', object: 'liba', measured: 3 * PAGE }),
    row({ id: 'b:data', object: 'libb' }),
    row({ id: 'opened', predicted: undefined }),
    row({ id: 'slab', category: 'kernel', measured: undefined }),
    row({ id: 'pte', category: 'page-tables', predicted: 6 * PAGE, measured: 5 * PAGE }),
    row({ id: 'pmd', category: 'page-tables' }),
    row({ id: 'pgd', category: 'page-tables', measured: undefined }),
  ];
  const sum = { category: 'private', predicted: 5 * PAGE, measured: 7 * PAGE } as const;

  it('come in the order of the ledger, each with the sum that was measured', () => {
    assert.deepEqual(
      comparedSections(comparison(rows, [sum]), PAGE).map((section) => [
        section.category,
        section.sum?.measured,
        section.agreement,
      ]),
      [
        ['private', 7 * PAGE, 'differs'],
        ['page-tables', undefined, 'differs'],
        ['kernel', undefined, 'not-measured'],
      ],
    );
  });

  it('gather the rows of an object, which differ as soon as one of them does', () => {
    const [section] = comparedSections(comparison(rows), PAGE);
    assert.deepEqual(
      section?.groups.map(({ object, predicted, measured, agreement }) => [
        object,
        predicted,
        measured,
        agreement,
      ]),
      [
        [undefined, 2 * PAGE, PAGE, 'differs'],
        ['liba', 2 * PAGE, 4 * PAGE, 'differs'],
        ['libb', PAGE, PAGE, 'agrees'],
        [undefined, undefined, PAGE, 'differs'],
      ],
    );
  });

  it('close those up that agree, where there are many', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      row({ id: `${i}`, object: `lib${i}`, measured: i === 7 ? 9 * PAGE : PAGE }),
    );
    const [section] = comparedSections(comparison(many), PAGE);
    assert.deepEqual(
      section?.groups.map(({ object }) => object),
      ['lib7'],
    );
    assert.equal(section.agreeing?.groups.length, 29);
    assert.equal(section.agreeing.measured, 29 * PAGE);
    assert.equal(comparedSections(comparison(rows), PAGE)[0]?.agreeing, undefined);
  });

  it('take no row for zero that was not measured', () => {
    const kernel = comparedSections(comparison(rows), PAGE)[2];
    assert.deepEqual(
      kernel?.groups.map(({ measured, agreement }) => [measured, agreement]),
      [[undefined, 'not-measured']],
    );
  });

  it('have the tables that the pages need, without the top one', () => {
    assert.equal(tablesNeeded(comparison(rows)), 6 * PAGE);
    assert.equal(tablesNeeded(comparison([row({ id: 'stack' })])), undefined);
  });
});

describe('agreement of a row', () => {
  it('is less than a page, or the range', () => {
    const measured = (bytes: number, range?: ComparedRow['range']) =>
      agreementOf(row({ id: 'x', measured: bytes, range }), PAGE);
    assert.equal(measured(2 * PAGE - 1), 'agrees');
    assert.equal(measured(2 * PAGE), 'differs');
    assert.equal(measured(0), 'differs');
    assert.equal(measured(2 * PAGE - 1, { min: 0, max: 3 * PAGE }), 'agrees');
    assert.equal(measured(3 * PAGE, { min: 0, max: 3 * PAGE }), 'in-range');
    assert.equal(measured(3 * PAGE + 1, { min: 0, max: 3 * PAGE }), 'differs');
  });

  it('is not known where nothing was measured', () => {
    assert.equal(agreementOf(row({ id: 'x', measured: undefined }), PAGE), 'not-measured');
  });
});

describe('words of a comparison', () => {
  it('say a difference with its sign', () => {
    assert.deepEqual(differenceInWords({ predicted: 8 * PAGE, measured: 9 * PAGE }), {
      bytes: '+4 KiB',
      share: '+12.5 %',
    });
    assert.deepEqual(differenceInWords({ predicted: 8 * PAGE, measured: 0 }), {
      bytes: '−32 KiB',
      share: '−100 %',
    });
    assert.deepEqual(differenceInWords({ predicted: PAGE, measured: PAGE }), {
      bytes: '0 B',
      share: undefined,
    });
  });

  it('say no share of nothing, and no difference from what is not known', () => {
    assert.deepEqual(differenceInWords({ predicted: 0, measured: PAGE }), {
      bytes: '+4 KiB',
      share: undefined,
    });
    assert.equal(differenceInWords({ predicted: undefined, measured: PAGE }), undefined);
    assert.equal(differenceInWords({ predicted: PAGE, measured: undefined }), undefined);
  });

  it('name the processes, but not thousands', () => {
    const named = (...pids: number[]) =>
      processesInWords(pids.map((pid) => ({ pid }) as MeasuredProcess));
    assert.equal(named(7), 'Process 7');
    assert.equal(named(7, 8), 'Mean over 2 processes (7, 8)');
    assert.match(named(...Array(1000).keys()), /^Mean over 1,000 processes \(0, .*, 7, …\)$/);
  });
});
