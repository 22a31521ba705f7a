import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PT } from '../../../src/binary/binary.js';
import type { Conditions } from '../../../src/model/estimate.js';
import { estimate } from '../../../src/model/estimate.js';
import { loadSegments } from '../../../src/model/load-segments.js';
import { PRESETS } from '../../../src/model/presets.js';
import type { Program } from '../../../src/model/program.js';
import { atFixedAddresses, movedSegments, movedTo } from '../../../src/model/relink.js';
import { BERNSTEIN_REQUESTS } from '../../../src/model/workload.js';
import { systemById } from '../../../src/system/systems.js';
import { buildElf } from '../../support/elf-builder.js';
import { readImage } from '../../support/read-image.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const STILL = conditions({ heap: BERNSTEIN_REQUESTS }, { aslr: false });
const RELATIVE = 8;
const SYMBOLIC = 1;

/** A PIE with a page of pointers to itself, one of addresses of others, and RELRO around both. */
function pie(interpreter = '/lib64/ld-linux-x86-64.so.2'): Program {
  const at = (address: number, type: number) => ({ offset: address, type, symbol: 0, addend: 0 });
  const image = buildElf({
    class: 64,
    machine: 62,
    type: 3,
    interpreter,
    extrasAddress: 0,
    extrasFlags: 4,
    segments: [
      { flags: 5, address: 0x1000, content: new Uint8Array(0x200) },
      { flags: 4, address: 0x2000, content: new Uint8Array(0x100) },
      { flags: 6, address: 0x3000, content: new Uint8Array(0x3040), memorySize: 0x3100 },
      { type: PT.GNU_RELRO, flags: 4, address: 0x3000, memorySize: 0x3000 },
    ],
    dynamic: { rela: [at(0x3010, RELATIVE), at(0x4010, SYMBOLIC), at(0x5010, RELATIVE)] },
  });
  const binary = readImage(image);
  return { path: 'pie', binary, interpreter: undefined, libraries: [], missing: [] };
}

const saved = (program: Program, id: string, under: Conditions = STILL) => {
  const { cost, leftOut } = estimate(program, { ...under, whatIfs: [id] });
  assert.deepEqual(leftOut, []);
  assert.ok(cost);
  const plain = costOf(program, under);
  const pages = (of: 'privateBytes' | 'pageTableBytes') =>
    (plain.perProcess[of] - cost.perProcess[of]) / PAGE;
  return {
    private: pages('privateBytes'),
    tables: pages('pageTableBytes'),
    regions: plain.regions.length - cost.regions.length,
  };
};

const obstacleOf = (program: Program, id: string, under: Conditions = STILL) =>
  estimate(program, { ...under, whatIfs: [id] }).leftOut[0]?.reason;

describe('What the linker could do otherwise', () => {
  it('moves segments with all that lies in them', () => {
    const { binary } = pie();
    const moved = movedSegments(binary, (_, index) => BigInt(index) * 0x10_0000n);
    const before = loadSegments(binary);
    loadSegments(moved).forEach((load, i) => {
      assert.equal(load.address, (before[i]?.address ?? 0n) + BigInt(i) * 0x10_0000n);
    });
    const last = before.findIndex(({ writable }) => writable);
    assert.deepEqual(
      moved.relocated,
      binary.relocated.map((page) => page + last * 0x100),
    );
    assert.deepEqual(movedTo(movedTo(binary, 0x40_0000n), 0n), binary);
  });

  it('leaves what only adds the load address to the linker', () => {
    const { binary } = pie();
    const fixed = atFixedAddresses(binary);
    assert.equal(fixed.type, 'executable');
    assert.deepEqual(fixed.relocated, [0x404, 0x405]);
    assert.equal(loadSegments(fixed)[0]?.address, 0x40_0000n);
    assert.equal(atFixedAddresses(fixed), fixed);
  });

  it('saves the pages of such pointers with no-pie', () => {
    assert.equal(saved(pie(), 'no-pie').private, 2);
  });

  it('saves a region where nothing is protected, or code is not apart', () => {
    assert.equal(saved(pie(), 'no-relro').regions, 1);
    assert.deepEqual(saved(sampleProgram('tiny-musl'), 'no-separate-code'), {
      private: 0,
      tables: 0,
      regions: 2,
    });
  });

  it('costs a table for each segment that is aligned to 2 MiB', () => {
    assert.deepEqual(saved(sampleProgram('tiny-musl'), 'max-page-size-2m'), {
      private: 0,
      tables: -4, // three more segments, and data on both sides of a boundary
      regions: 0,
    });
  });

  it('saves three of six tables beside the stack', () => {
    for (const name of ['tiny-musl', 'tiny-nolibc']) {
      assert.equal(saved(sampleProgram(name), 'link-beside-stack').tables, 3, name);
    }
    // malloc then maps its memory, where there is another set of tables.
    const writes = { ...STILL, workload: { ...STILL.workload, heapWritten: true } };
    assert.equal(saved(sampleProgram('tiny-musl'), 'link-beside-stack', writes).tables, 2);
  });

  it('takes the bss of one static C library away with it, before it adds another’s', () => {
    const bss = (name: string, whatIfs: readonly string[]) => {
      const { cost } = estimate(sampleProgram(name), { ...STILL, whatIfs });
      return cost?.regions.find(({ kind }) => kind === 'bss')?.pages;
    };
    assert.equal(bss('tiny-glibc-static', []), 5);
    assert.equal(bss('tiny-glibc-static', ['musl-static']), bss('tiny-musl', []));
  });

  it('has a program with a C library’s data in it, and its code of unknown size', () => {
    for (const [id, tables] of [
      ['static', 'glibc-static'],
      ['musl-static', 'musl-static'],
    ] as const) {
      const { cost } = estimate(pie(), { ...STILL, whatIfs: [id] });
      assert.equal(cost?.cLibrary, tables);
      assert.equal(cost?.rows.find((row) => row.id === 'shared:linked-in')?.bytes, undefined);
      assert.ok(cost?.incomplete);
    }
    // As many as in the sample that is linked so.
    const { cost } = estimate(pie(), { ...STILL, whatIfs: ['static'] });
    const sample = costOf(sampleProgram('tiny-glibc-static'), STILL);
    const own = (of: typeof sample) =>
      of.rows.filter((row) => row.category === 'private').map(({ pages }) => pages);
    assert.deepEqual(cost && own(cost), own(sample));
  });

  it('can be linked beside the stack once it is linked with musl', () => {
    const { cost, leftOut } = estimate(pie(), {
      ...STILL,
      workload: { ...STILL.workload, heap: [] },
      whatIfs: ['link-beside-stack', 'musl-static'],
    });
    assert.deepEqual(leftOut, []);
    assert.equal(cost?.pageTables.mean, 3);
  });
});

describe('What the system could do otherwise', () => {
  it('has one table more or less on another kernel', () => {
    const tiny = sampleProgram('tiny-musl');
    assert.equal(saved(tiny, 'five-levels').tables, -1);
    assert.equal(saved(tiny, 'pti').tables, -1);
    const isolated = { ...STILL, system: systemById('linux-x86-64-pti') };
    assert.equal(saved(tiny, 'no-pti', isolated).tables, 1);
  });

  it('changes from five levels to isolation, or back, by no what-if: that would be two changes', () => {
    const tiny = sampleProgram('tiny-musl');
    for (const [system, id] of [
      ['linux-x86-64-pti', 'five-levels'],
      ['linux-x86-64-la57', 'pti'],
    ] as const) {
      const { leftOut } = estimate(tiny, { ...STILL, system: systemById(system), whatIfs: [id] });
      assert.match(leftOut[0]?.reason ?? '', /together/);
    }
  });

  it('keeps a zygote’s pages once, and as many tables', () => {
    const dynamic = pie();
    assert.equal(saved(dynamic, 'prefork').tables, 0);
    assert.ok(saved(dynamic, 'prefork').private > 0);
    const { cost } = estimate(dynamic, { ...STILL, whatIfs: ['prefork'] });
    const plain = costOf(dynamic, STILL);
    assert.ok(cost && cost.sharedOnceBytes > plain.sharedOnceBytes);
    const row = cost.rows.find(({ id }) => id === 'shared:zygote');
    assert.ok(row?.bytes !== undefined && row.bytes >= plain.perProcess.pageTableBytes);
    // What a child writes of data that lie elsewhere, or in huge pages, was not measured.
    const still = sampleProgram('tiny-glibc-static');
    for (const [program, id] of [
      [still, 'data-beside-stack'],
      [still, 'one-page'],
      [dynamic, 'huge-heap'],
    ] as const) {
      const { leftOut } = estimate(program, { ...STILL, whatIfs: ['prefork', id] });
      assert.deepEqual(leftOut, [{ id, reason: 'It cannot be had with prefork.' }]);
    }
  });

  it('is dearer with huge pages by all that a small heap does not use of one', () => {
    const { private: pages, tables } = saved(pie(), 'huge-heap');
    assert.equal(pages, 1 - 512);
    assert.ok(tables >= 0);
  });
});

describe('The best that is available today', () => {
  it('leaves a small program the tables of its stack, and a few private pages', () => {
    const whatIfs = PRESETS.find(({ id }) => id === 'best-today')?.whatIfs ?? [];
    for (const name of ['tiny-musl', 'tiny-nolibc', 'tiny-glibc']) {
      const cost = costOf(sampleProgram(name), conditions({ heap: [] }, { whatIfs }));
      assert.equal(cost.pageTables.mean, 3, name);
      assert.ok(cost.perProcess.privateBytes <= 3 * PAGE, name);
    }
  });
});

describe('What a program cannot have', () => {
  for (const [name, id, words] of [
    ['tiny-musl', 'static', /as it is/],
    ['tiny-musl', 'no-pie', /as it is/],
    ['tiny-musl', 'relr', /nothing that is relocated/],
    ['tiny-musl', 'huge-heap', /Only glibc/],
    ['tiny-glibc-static', 'huge-heap', /not measured/],
    ['tiny-musl', 'pages-16k', /x86-64/],
    ['tiny-musl', 'no-pti', /as it is/],
    ['tiny-glibc-static', 'link-beside-stack', /musl/],
    ['tiny-glibc-static', 'no-relro', /dearer/],
    ['tiny-nolibc', 'prefork', /not measured/],
    ['tiny-nolibc', 'musl-static', /no C library/],
    ['tiny-nolibc', 'no-relro', /no RELRO/],
    ['tiny.freebsd', 'aslr-off', /randomised/],
    ['tiny.freebsd', 'link-beside-stack', /Linux/],
    ['tiny.freebsd', 'prefork', /Linux/],
  ] as const) {
    it(`says why: ${id} of ${name}`, () => {
      assert.match(obstacleOf(sampleProgram(name), id) ?? 'none', words);
    });
  }

  it('has no number for what goes away and was not found, or not measured', () => {
    const linked = sampleProgram('tiny-glibc');
    const missing = [{ name: 'libx.so', reason: 'There is none.' }];
    const arm = readImage(readFileSync('test/fixtures/machines/glibc-arm64'));
    for (const id of ['static', 'musl-static']) {
      assert.equal(obstacleOf(linked, id), undefined);
      assert.match(obstacleOf({ ...linked, missing }, id) ?? '', /were not found/);
      assert.match(obstacleOf({ ...linked, binary: arm }, id) ?? '', /was not measured/);
    }
  });

  it('does not lie beside the stack where it does not fit', () => {
    const binary = readImage(
      buildElf({
        class: 64,
        machine: 62,
        type: 2,
        segments: [
          { flags: 6, address: 0x400000, content: new Uint8Array(8), memorySize: 2 ** 20 },
        ],
      }),
    );
    const program = { ...sampleProgram('tiny-nolibc'), binary };
    assert.match(obstacleOf(program, 'link-beside-stack') ?? '', /256 pages.*room for 158/);
  });
});
