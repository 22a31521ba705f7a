import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cost } from '../../../src/model/cost.js';
import type { Program } from '../../../src/model/program.js';
import { type RangeCost, rangeCosts } from '../../../src/model/range-cost.js';
import type { Runs } from '../../../src/model/runs.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const NAMES = [
  'tiny.freebsd',
  'tiny-split.freebsd',
  'tiny-glibc',
  'tiny-glibc-static',
  'tiny-musl',
];
const programs = NAMES.map(sampleProgram);

describe('the cost of an address range', () => {
  it('is what counting page by page and byte by byte gives', () => {
    for (const program of programs) {
      const cost = costOf(program);
      const price = rangeCosts(program.binary, cost);
      const end = programEnd(program) + 20_000;
      const range = fc.tuple(
        fc.nat(end - programStart(program)),
        fc.integer({ min: 1, max: 9000 }),
      );
      fc.assert(
        fc.property(range, ([into, size]) => {
          const address = programStart(program) + into;
          assert.deepEqual(
            price(BigInt(address), BigInt(size)),
            counted(program, cost, address, size),
          );
        }),
        { numRuns: 60 },
      );
    }
  });

  it('over all of a program is the program’s part of the ledger', () => {
    for (const program of programs) {
      const cost = costOf(program);
      const start = programStart(program);
      const all = rangeCosts(program.binary, cost)(
        BigInt(start),
        BigInt(programEnd(program) - start),
      );
      const rows = cost.rows.filter(({ id }) => /^program:.*:(data|bss)$/.test(id));
      assert.equal(
        all.privatePages * cost.pageSize,
        rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0),
      );
      assert(all.privatePages > 0);
    }
  });

  it('does not depend on where the program was put', () => {
    const program = sampleProgram('tiny-glibc');
    const [there, elsewhere] = [true, false].map((aslr) =>
      rangeCosts(program.binary, costOf(program, conditions({}, { aslr })))(0x3dd0n, 600n),
    );
    assert.deepEqual(there, elsewhere);
    assert.equal(there?.privatePages, 2);
  });

  it('of no bytes is nothing', () => {
    const [program] = programs as [Program];
    const none = rangeCosts(program.binary, costOf(program))(0x804b0c0n, 0n);
    assert.deepEqual(none, { ...none, pages: 0, privatePages: 0, sharedPages: 0, slackBytes: 0 });
  });

  it('is known of all addresses, which nobody could count one by one', () => {
    const [program] = programs as [Program];
    const all = rangeCosts(program.binary, costOf(program))(0n, 2n ** 64n);
    assert.equal(all.pages, 2 ** 52);
    assert.equal(all.privatePages, 1);
    assert.equal(all.sharedPages, 3);
  });
});

const programStart = ({ binary }: Program): number =>
  Math.min(
    ...binary.segments.filter(({ type }) => type === 1).map(({ address }) => Number(address)),
  );

const programEnd = ({ binary }: Program): number =>
  Math.max(
    ...binary.segments
      .filter(({ type }) => type === 1)
      .map(({ address, memorySize }) => Number(address + memorySize)),
  );

/** The same by looking at every page and every byte of it. */
function counted(program: Program, cost: Cost, address: number, size: number): RangeCost {
  const { pageSize } = cost;
  const own = cost.regions.filter(({ id }) => id.startsWith('program:'));
  const linked = Math.floor(programStart(program) / pageSize);
  const bias = Math.min(...own.map((region) => region.firstPage)) - linked;
  const firstPage = Math.floor(address / pageSize);
  const lastPage = Math.floor((address + size - 1) / pageSize);
  const result = { privatePages: 0, sharedPages: 0, untouchedPages: 0, slackBytes: 0 };
  for (let page = firstPage; page <= lastPage; page++) {
    const region = own.find((one) => has(one.resident, page + bias));
    if (!region) result.untouchedPages++;
    else if (has(region.private, page + bias)) result.privatePages++;
    else result.sharedPages++;
    for (let byte = 0; region && byte < pageSize; byte++) {
      const inRegion = (page + bias - region.firstPage) * pageSize + byte;
      if (!has(region.used ?? [], inRegion)) result.slackBytes++;
    }
  }
  return { pages: lastPage - firstPage + 1, firstPage, ...result };
}

function has(runs: Runs, n: number): boolean {
  return runs.findLastIndex((edge) => edge <= n) % 2 === 0;
}
