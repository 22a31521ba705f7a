import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Binary } from '../../../src/binary/binary.js';
import type { Cost } from '../../../src/model/cost.js';
import { estimate } from '../../../src/model/estimate.js';
import type { Program } from '../../../src/model/program.js';
import { BERNSTEIN_REQUESTS } from '../../../src/model/workload.js';
import { C_LIBRARIES, cLibraryOn } from '../../../src/system/c-library.js';
import { detectSystem } from '../../../src/system/detect.js';
import type { System } from '../../../src/system/system.js';
import { SYSTEMS, systemById } from '../../../src/system/systems.js';
import { readImage, readSound } from '../../support/read-image.js';
import { conditions, costOf } from '../../support/sample.js';

const MACHINES = 'test/fixtures/machines';
const binaryOf = (name: string): Binary => readImage(readFileSync(`${MACHINES}/${name}`));

const alone = (binary: Binary): Program => ({
  path: './program',
  binary,
  interpreter: undefined,
  libraries: [],
  missing: [],
});

/** A dynamic program on a machine that has neither its loader nor its C library. */
const withoutLibraries = (name: string): Program => ({
  ...alone(binaryOf(name)),
  missing: [
    { name: 'ld.so', reason: 'It is another machine’s.' },
    { name: 'libc.so.6', reason: 'It is another machine’s.' },
  ],
});

const systemOf = (id: string): System => systemById(id) ?? assert.fail(id);
const row = (cost: Cost, id: string) => cost.rows.find((r) => r.id === id);

function assertSums({ rows, perProcess, sharedOnceBytes }: Cost) {
  const sum = (category: string) =>
    rows.reduce((n, r) => n + (r.category === category ? (r.bytes ?? 0) : 0), 0);
  assert.equal(sum('private'), perProcess.privateBytes);
  assert.equal(sum('page-tables'), perProcess.pageTableBytes);
  assert.equal(sum('kernel'), perProcess.kernelBytes);
  assert.equal(sum('shared'), sharedOnceBytes);
}

describe('the systems', () => {
  it('have ids and names of their own', () => {
    assert.equal(new Set(SYSTEMS.map(({ id }) => id)).size, SYSTEMS.length);
    assert.equal(new Set(SYSTEMS.map(({ name }) => name)).size, SYSTEMS.length);
  });

  for (const { id, geometry, addressSpace: space } of SYSTEMS) {
    if (space.kind !== 'linux') continue;
    it(`${id} puts nothing where it has no addresses, whatever chance decides`, () => {
      const { stack, mmap, pie, heap } = space.random;
      assert.ok(space.taskEnd <= 2 ** geometry.userBits / geometry.pageSize);
      for (const pages of [...Object.values(space.random), space.mmapGap, space.pieBase]) {
        assert.ok(Number.isInteger(pages) && pages > 0);
      }
      assert.ok(space.mmapGapRandomised >= space.mmapGap);
      const lowestStack = space.taskEnd - (stack - 1) - space.stackLimit;
      const highestMmap = space.taskEnd - space.mmapGapRandomised;
      assert.ok(highestMmap <= lowestStack, 'a stack may grow to its limit');
      const lowestMmap = highestMmap - (mmap - 1);
      const highestHeap = space.pieBase + (pie - 1) + (heap - 1);
      assert.ok(highestHeap < lowestMmap, 'program and heap lie below what is mapped');
    });
  }

  it('are those the kernel’s sources describe', () => {
    const at = (id: string) => {
      const { addressSpace, geometry } = systemOf(id);
      assert.equal(addressSpace.kind, 'linux');
      if (addressSpace.kind !== 'linux') throw new Error();
      const { taskEnd, pieBase, mmapGap, stackPages } = addressSpace;
      const address = (page: number) => `0x${(page * geometry.pageSize).toString(16)}`;
      return [address(taskEnd), address(pieBase), address(taskEnd - mmapGap), stackPages];
    };
    const x86 = ['0x7ffffffff000', '0x555555554000', '0x7ffff7fff000', 33];
    assert.deepEqual(at('linux-x86-64'), x86);
    assert.deepEqual(at('linux-x86-64-la57'), x86);
    assert.deepEqual(at('linux-i386'), ['0xc0000000', '0x400000', '0xb8000000', 33]);
    assert.deepEqual(at('linux-arm64-4k-48'), [
      '0x1000000000000',
      '0xaaaaaaaaa000',
      '0xfffff8000000',
      33,
    ]);
    assert.deepEqual(at('linux-arm64-64k'), ['0x40000000000', '0x2aaaaaa0000', '0x3fff8000000', 3]);
    assert.deepEqual(at('linux-riscv64-sv39'), [
      '0x4000000000',
      '0x2aaaaaa000',
      '0x3ff8000000',
      33,
    ]);
  });
});

/**
 * KiB of page tables of the bare program: text and data low, stack high, no randomisation. Text and
 * data share a table of the lowest level on each machine.
 */
const LEAST_TABLES: Readonly<Record<string, readonly [string, number]>> = {
  'linux-i386': ['bare-i386', 12],
  'linux-i386-pae': ['bare-i386', 20 + 1 / 32], // the top table has 32 bytes
  'linux-arm64-4k-39': ['bare-arm64', 20],
  'linux-arm64-4k-48': ['bare-arm64', 28],
  'linux-arm64-16k': ['bare-arm64', 80],
  'linux-arm64-64k': ['bare-arm64', 192],
  'linux-riscv64-sv39': ['bare-riscv64', 20],
  'linux-riscv64-sv48': ['bare-riscv64', 28],
};

/** THREAD_SIZE, KiB. */
const KERNEL_STACK: Readonly<Record<string, number>> = {
  'bare-i386': 8,
  'bare-arm64': 16,
  'bare-riscv64': 16,
};

describe('a program without C library on its own machine', () => {
  for (const [id, [name, kib]] of Object.entries(LEAST_TABLES)) {
    it(`has the least page tables there are on ${id}`, () => {
      const system = systemOf(id);
      const cost = costOf(alone(binaryOf(name)), conditions({}, { system, aslr: false }));
      assert.equal(cost.perProcess.pageTableBytes / 1024, kib);
      // One page of data and bss, one of stack; nothing else is the program's own.
      assert.equal(cost.perProcess.privateBytes, 2 * system.geometry.pageSize);
      assertSums(cost);
    });

    it(`says what ${id} is not known for, and counts the kernel’s stack`, () => {
      const system = systemOf(id);
      const cost = costOf(alone(binaryOf(name)), conditions({}, { system }));
      const stack = Math.max((KERNEL_STACK[name] ?? 0) * 1024, id.endsWith('64k') ? 65536 : 0);
      assert.equal(cost.perProcess.kernelBytes, stack);
      assert.equal(row(cost, 'kernel:kernel-stack')?.quality, 'exact');
      assert.equal(row(cost, 'kernel:unknown')?.bytes, undefined);
      assert.ok(!cost.rows.some((one) => one.id.startsWith('c-library'))); // it has none
      assert.equal(cost.incomplete, true);
      assertSums(cost);
    });
  }

  it('has a table more where x86-64 has five levels, and none of 47 bits and more', () => {
    const binary = readImage(readFileSync('sample/tiny-nolibc'));
    const tables = (id: string) =>
      costOf(alone(binary), conditions({}, { system: systemOf(id), aslr: false })).pageTables;
    const [four, five] = [tables('linux-x86-64'), tables('linux-x86-64-la57')];
    assert.equal(five.bytes - four.bytes, 4096);
    const p4d = five.levels.find(({ name }) => name === 'P4D');
    assert.deepEqual([p4d?.tables, p4d?.entriesUsed], [1, 2]);
  });
});

describe('a program for another machine', () => {
  it('is estimated on the commonest system of that machine', () => {
    const found = (name: string) => detectSystem(binaryOf(name))?.id;
    assert.equal(found('bare-i386'), 'linux-i386-pae');
    assert.equal(found('glibc-i386'), 'linux-i386-pae');
    assert.equal(found('bare-arm64'), 'linux-arm64-4k-48');
    assert.equal(found('glibc-arm64'), 'linux-arm64-4k-48');
    assert.equal(found('bare-riscv64'), 'linux-riscv64-sv39');
    assert.equal(found('glibc-riscv64'), 'linux-riscv64-sv39');
  });

  for (const name of ['glibc-arm64', 'glibc-riscv64', 'glibc-i386']) {
    it(`${name}: has a row without a number for the C library, and none of its counts`, () => {
      const heap = BERNSTEIN_REQUESTS;
      const { cost, diagnostics } = estimate(withoutLibraries(name), conditions({ heap }));
      assert.ok(cost);
      const unknown = row(cost, 'c-library:glibc-dynamic');
      assert.deepEqual([unknown?.bytes, unknown?.quality], [undefined, 'unknown']);
      assert.equal(row(cost, 'stack')?.quality, 'floor');
      assert.equal(row(cost, 'stack')?.range, undefined);
      for (const id of ['loader-malloc', 'tls']) assert.equal(row(cost, id), undefined, id);
      assert.equal(row(cost, 'heap')?.pages, 1); // what malloc does is in its source
      const said = diagnostics.filter((d) => d.code === 'not-modelled').map((d) => d.message);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /measured on x86-64 only/);
      assertSums(cost);
    });
  }

  it('has no heap that was measured elsewhere', () => {
    const note = { owner: 'GNU', type: 1, descriptor: Array(16).fill(0) };
    const image = { class: 64, machine: 183, notes: [note] } as const;
    const segment = { flags: 6, address: 0x400000, content: new Uint8Array(100), align: 65536n };
    const tls = { type: 7, flags: 4, address: 0x400000, fileSize: 8 };
    const program = alone(readSound({ ...image, segments: [segment, tls] }));
    const { cost, diagnostics } = estimate(program, conditions());
    assert.ok(cost);
    assert.match(diagnostics.at(-1)?.message ?? '', /on arm64, its heap included, is not/);
    assert.equal(cost.cLibrary, 'glibc-static');
    assert.equal(row(cost, 'heap'), undefined);
    assert.equal(row(cost, 'c-library:glibc-static')?.quality, 'unknown');
  });
});

describe('pages larger than a program is linked for', () => {
  it('are refused, with what to do', () => {
    for (const [id, pageSize] of [
      ['linux-arm64-16k', 16384],
      ['linux-arm64-64k', 65536],
    ] as const) {
      const system = systemOf(id);
      const { cost, diagnostics } = estimate(
        alone(binaryOf('bare-arm64-4k')),
        conditions({}, { system }),
      );
      assert.equal(cost, undefined);
      const last = diagnostics.at(-1);
      assert.equal(last?.code, 'kernel-refuses');
      assert.match(last?.message ?? '', new RegExp(`-z max-page-size=${pageSize}\\.$`));
    }
  });

  it('are refused, too, where two segments would share one', () => {
    const content = new Uint8Array(0x1000);
    const segments = [
      { flags: 5, address: 0x400000, offset: 0x10000, align: 4096n, content },
      { flags: 6, address: 0x401000, offset: 0x11000, align: 4096n, content },
    ];
    const program = alone(readSound({ class: 64, machine: 183, segments }));
    const system = systemOf('linux-arm64-64k');
    const { cost, diagnostics } = estimate(program, conditions({}, { system }));
    assert.equal(cost, undefined);
    assert.match(diagnostics.at(-1)?.message ?? '', /shares a page .* max-page-size=65536/);
    assert.ok(estimate(program, conditions()).cost, 'with pages of 4 KiB there is no such trouble');
  });

  it('are no trouble to a program linked for them', () => {
    const system = systemOf('linux-arm64-64k');
    assert.equal(costOf(alone(binaryOf('bare-arm64')), conditions({}, { system })).pageSize, 65536);
  });
});

describe('C libraries', () => {
  it('keep on another machine only what their sources say', () => {
    for (const library of Object.values(C_LIBRARIES)) {
      const { measuredOn } = library;
      if (measuredOn === undefined) continue;
      assert.equal(cLibraryOn(library.id, measuredOn), library);
      const elsewhere = cLibraryOn(library.id, 's390x');
      assert.deepEqual(
        [elsewhere.stackFrames, elsewhere.staticFilePages, elsewhere.libraryBssPages],
        [0, 0, 0],
      );
      assert.deepEqual([elsewhere.vdsoPages, elsewhere.loaderHeap], [0, undefined]);
      assert.equal(elsewhere.allocator, 'unknown');
      assert.equal(elsewhere.protectsRelro, library.protectsRelro);
    }
  });
});
