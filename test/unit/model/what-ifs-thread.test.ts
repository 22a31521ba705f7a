import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { type Conditions, estimate } from '../../../src/model/estimate.js';
import { loadSegments } from '../../../src/model/load-segments.js';
import { PRESETS } from '../../../src/model/presets.js';
import type { Program } from '../../../src/model/program.js';
import { choose, type Subject } from '../../../src/model/what-if.js';
import { mergedBss } from '../../../src/model/what-ifs/merged-bss.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { START_UP } from '../../../src/model/workload.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { C_LIBRARIES } from '../../../src/system/c-library.js';
import { LINUX_X86_64 } from '../../../src/system/linux-x86-64.js';
import { buildElf, type ImageSpec } from '../../support/elf-builder.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096;
const FIXED = { aslr: false };

const programOf = (spec: Partial<ImageSpec>): Program => {
  const { binary } = readElf(memorySource(buildElf({ class: 64, machine: 62, ...spec })));
  assert.ok(binary);
  return { path: 'made', binary, interpreter: undefined, libraries: [], missing: [] };
};

const filled = (size: number) => new Uint8Array(size);

/** A static program at fixed addresses: code, and data with a bss behind it. */
const made = (code: number, data: number, bss = 0): Program =>
  programOf({
    segments: [
      { flags: 5, address: 0x400000, content: filled(code) },
      {
        flags: 6,
        address: 0x400000 + Math.ceil(code / PAGE) * PAGE + PAGE,
        content: filled(data),
        memorySize: data + bss,
      },
    ],
  });

const saved = (program: Program, id: string, under: Conditions = conditions({}, FIXED)) => {
  const plain = costOf(program, under);
  const { cost, leftOut } = estimate(program, { ...under, whatIfs: [id] });
  assert.deepEqual(leftOut, []);
  assert.ok(cost);
  const less = (part: 'privateBytes' | 'pageTableBytes') =>
    (plain.perProcess[part] - cost.perProcess[part]) / PAGE;
  return {
    privatePages: less('privateBytes'),
    tablePages: less('pageTableBytes'),
    sharedPages: (plain.sharedOnceBytes - cost.sharedOnceBytes) / PAGE,
    cost,
  };
};

const obstacle = (program: Program, id: string, under = conditions({}, FIXED)) =>
  estimate(program, { ...under, whatIfs: [id] }).leftOut[0]?.reason ?? '';

describe('the entries of what-ifs', () => {
  it('have ids of their own, texts that are sentences, and exclude what there is', () => {
    const ids = WHAT_IFS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, change, price, nothing, excludes } of WHAT_IFS) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [change, price, nothing]) assert.match(text, /\.\)?$/, id);
      for (const other of excludes) assert.ok(ids.includes(other) && other !== id, other);
    }
  });

  it('are what presets choose from', () => {
    const ids = WHAT_IFS.map(({ id }) => id);
    for (const { whatIfs } of PRESETS) for (const id of whatIfs) assert.ok(ids.includes(id), id);
  });

  it('may depend on those before them: tables overlap where addresses are not randomised', () => {
    const program = sampleProgram('tiny-musl');
    assert.match(obstacle(program, 'overlapped-tables', conditions()), /aslr-off/);
    const whatIfs = ['overlapped-tables', 'aslr-off'];
    assert.deepEqual(costOf(program, conditions({}, { whatIfs })).whatIfs, whatIfs.toReversed());
  });
});

describe('data-beside-stack', () => {
  it('takes a page from a small program, and its copied bytes lie in the stack', () => {
    const { privatePages, cost } = saved(made(5000, 600, 300), 'data-beside-stack');
    assert.equal(privatePages, 1);
    const stack = cost.regions.find(({ kind }) => kind === 'stack');
    assert.equal(stack?.private.at(-1), stack && stack.firstPage + stack.pages);
    assert.ok(!cost.regions.some(({ kind }) => kind === 'data' || kind === 'bss'));
  });

  it('costs what nobody writes of large data: those pages are no longer shared', () => {
    const { privatePages, sharedPages } = saved(made(5000, 100 * PAGE - 8, 8), 'data-beside-stack');
    assert.deepEqual([privatePages, sharedPages], [-99, 99]);
  });

  it('is not for a program without data, nor for one whose data the stack has no room for', () => {
    const text = programOf({ segments: [{ flags: 5, address: 0x400000, content: filled(9) }] });
    assert.match(obstacle(text, 'data-beside-stack'), /no segment that can be written/);
    assert.match(obstacle(made(9, 9, 2 ** 23), 'data-beside-stack'), /larger than the stack/);
    const omagic = programOf({ segments: [{ flags: 7, address: 0x400000, content: filled(9) }] });
    assert.match(obstacle(omagic, 'data-beside-stack'), /is one with its data/);
  });
});

describe('one-page', () => {
  it('leaves one table of each level, of a static program on Linux, too', () => {
    for (const aslr of [true, false]) {
      const { cost } = saved(sampleProgram('tiny-musl'), 'one-page', conditions({}, { aslr }));
      assert.deepEqual(
        cost.pageTables.levels.map(({ tables }) => tables),
        [1, 1, 1, 1],
      );
      assert.equal(cost.pageTables.max, 3);
    }
  });

  it('has the stack lowest, where it can grow, and the heap highest', () => {
    const asked = conditions({ heap: [100] }, FIXED);
    const { cost } = saved(sampleProgram('tiny-glibc-static'), 'one-page', asked);
    assert.equal(cost.regions[0]?.kind, 'stack');
    assert.equal(cost.regions.at(-1)?.kind, 'heap');
  });

  it('is not for a dynamic program', () => {
    const program = programOf({ type: 3, interpreter: '/lib/ld-musl-x86_64.so.1', dynamic: {} });
    assert.match(obstacle(program, 'one-page'), /not static/);
  });
});

describe('merge-data-bss', () => {
  it('joins a bss that the linker gave a segment of its own', () => {
    const program = programOf({
      segments: [
        { flags: 5, address: 0x400000, content: filled(100) },
        { flags: 6, address: 0x401000, content: filled(100) },
        { flags: 6, address: 0x402000, fileSize: 0, memorySize: 200 },
      ],
    });
    assert.equal(saved(program, 'merge-data-bss').privatePages, 0); // the data page now has a tail
    const [, data] = loadSegments(mergedBss(program.binary));
    assert.deepEqual([data?.fileSize, data?.memorySize], [100n, 300n]);
  });

  it('is the same when it is done twice', () => {
    const large = programOf({
      segments: [{ flags: 6, address: 0x400100, content: filled(100), memorySize: 0x9000 }],
      sections: [{ name: '.bss', type: 8, address: 0x401000, size: 0x8100, align: 32 }],
    });
    const once = mergedBss(large.binary);
    assert.equal(once.segments[0]?.memorySize, 0x80n + 0x8100n);
    assert.deepEqual(mergedBss(once), once);
  });
});

describe('malloc-slack', () => {
  const asked = (heap: readonly number[] | undefined) => conditions({ heap }, FIXED);

  it('says why it is not for a program', () => {
    const musl = sampleProgram('tiny-musl');
    assert.match(obstacle(musl, 'malloc-slack', asked(undefined)), /Nobody said/);
    assert.match(obstacle(musl, 'malloc-slack', asked([])), /asks malloc for nothing/);
    assert.match(obstacle(musl, 'malloc-slack', asked([PAGE])), /No request fits/);
    assert.match(obstacle(sampleProgram('tiny-nolibc'), 'malloc-slack', asked([8])), /no malloc/);
  });

  it('touches the last page of a long bss', () => {
    const program = made(100, 100, 20 * PAGE);
    const subject: Subject = {
      program,
      system: LINUX_X86_64,
      cLibrary: C_LIBRARIES['musl-static'],
      workload: { ...START_UP, heap: [16] },
      aslr: false,
    };
    const changed = choose(WHAT_IFS, ['malloc-slack'], subject).subject;
    assert.deepEqual(changed.workload.heap, []);
    const bss = costOf(changed.program, { ...changed }).regions.find(({ kind }) => kind === 'bss');
    assert.equal(bss?.pages, 20);
    assert.equal(bss?.private.at(-1), bss && bss.firstPage + 20);
  });
});

describe('data-executable', () => {
  it('fills the ends of pages between code and data', () => {
    const { privatePages, sharedPages, cost } = saved(made(5000, 600, 300), 'data-executable');
    // 5,600 bytes of the file are two pages; the second has code, data and bss in it, and is private.
    assert.deepEqual([privatePages, sharedPages], [0, 1]);
    const [image] = cost.regions;
    assert.deepEqual([image?.pages, image?.writable, image?.executable], [2, true, true]);
  });

  it('moves relocation targets along', () => {
    const program = programOf({
      type: 3,
      segments: [
        { flags: 5, address: 0, content: filled(PAGE) },
        { flags: 6, address: 0x5000, content: filled(3 * PAGE) },
      ],
      dynamic: { rela: [{ offset: 0x6010, type: 8, addend: 0 }] },
    });
    const { cost } = saved(program, 'data-executable');
    const [image] = cost.regions.filter(({ kind }) => kind === 'data');
    const first = image?.firstPage ?? 0;
    // 0x6010 lay in the second page of data, which follows the one page of code.
    assert.ok(image?.private.includes(first + 2), String(image?.private));
  });
});

describe('shared-text-tables', () => {
  it('are those of two megabytes of code each', () => {
    const { tablePages, sharedPages } = saved(made(5 * 2 ** 20, 100, 8), 'shared-text-tables');
    assert.deepEqual([tablePages, sharedPages], [2, -2]);
  });

  it('exist with randomised addresses only where code lies at fixed ones', () => {
    const program = made(5 * 2 ** 20, 100, 8);
    const { tablePages } = saved(program, 'shared-text-tables', conditions());
    assert.equal(tablePages, 2);
    const pie = programOf({ type: 3, segments: [{ flags: 5, address: 0, content: filled(9) }] });
    assert.match(obstacle(pie, 'shared-text-tables', conditions()), /elsewhere/);
  });
});

describe('tables kept as lists', () => {
  it('have an address and an entry for each private page, and say what copying them takes', () => {
    const { cost } = saved(sampleProgram('tiny-nolibc'), 'overlapped-tables');
    const own = cost.rows.find((row) => row.id === 'tables:own-entries');
    assert.equal(own?.bytes, (cost.perProcess.privateBytes / PAGE) * 16);
    assert.match(own?.detail ?? '', /of 16 bytes; at 1,000 switches a second .*a guess/);
  });

  it('change nothing for node when they are made at dispatch', () => {
    const { program } = loadProgram(process.execPath);
    assert.ok(program);
    const { cost } = saved(program, 'dynamic-tables', conditions());
    assert.deepEqual(cost.rows, costOf(program).rows);
  });

  it('are not for a process with more than 32 private pages', () => {
    const stack = (pages: number) => conditions({ stackBytes: pages * PAGE }, FIXED);
    const program = sampleProgram('tiny-nolibc');
    assert.ok(saved(program, 'dynamic-tables', stack(20)).tablePages > 6.8);
    assert.equal(saved(program, 'dynamic-tables', stack(40)).tablePages, 0);
  });
});
