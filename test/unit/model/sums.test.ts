import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cost } from '../../../src/model/cost.js';
import { type Conditions, estimate, estimateSums } from '../../../src/model/estimate.js';
import type { Program } from '../../../src/model/program.js';
import { sumQuality } from '../../../src/model/sum-quality.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { SYSTEMS } from '../../../src/system/systems.js';
import { elfFiles, SYSTEM_DIRECTORIES, sampleOf } from '../../support/elf-files.js';
import { programs, workloads } from '../../support/random-programs.js';
import { conditions } from '../../support/sample.js';

/** What a sum is of the cost with all its rows. */
const ofRows = ({ rows, pageTables, ...cost }: Cost) => ({
  system: cost.system,
  pageSize: cost.pageSize,
  perProcess: cost.perProcess,
  sharedOnceBytes: cost.sharedOnceBytes,
  pageTables: { mean: pageTables.mean },
  quality: cost.incomplete
    ? 'floor'
    : sumQuality(rows.filter(({ category }) => category !== 'shared')),
  incomplete: cost.incomplete,
});

function assertSame(program: Program, asked: Conditions): void {
  const { cost, diagnostics } = estimate(program, asked);
  const sums = estimateSums(program, asked);
  if (cost) assert.deepEqual(sums, ofRows(cost));
  else assert.deepEqual('refusal' in sums && sums.refusal, diagnostics.at(-1));
}

describe('the sums of a cost without its rows', () => {
  it('are those of its rows, of random programs on every system', () => {
    fc.assert(
      fc.property(programs, workloads, fc.boolean(), (program, workload, aslr) => {
        for (const system of [undefined, ...SYSTEMS]) {
          assertSame(program, { ...conditions(workload, { aslr }), system });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are those of its rows, where something is missing', () => {
    const missing = [{ name: 'libgone.so', reason: 'gone' }];
    fc.assert(
      fc.property(programs, (program) => assertSame({ ...program, missing }, conditions())),
      { numRuns: 10 },
    );
  });

  it('are those of its rows, of programs of this machine with their libraries', () => {
    for (const path of sampleOf(elfFiles([...SYSTEM_DIRECTORIES.slice(0, 1), 'sample']), 40)) {
      const { program } = loadProgram(path);
      if (program) for (const aslr of [true, false]) assertSame(program, conditions({}, { aslr }));
    }
  });
});
