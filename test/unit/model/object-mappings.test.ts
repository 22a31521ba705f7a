import assert from 'node:assert/strict';
import { type Binary, PT, type Section, type Segment } from '../../../src/binary/binary.js';
import { START_UP_VARIABLES } from '../../../src/binary/known-symbols.js';
import { lastWritable } from '../../../src/model/load-segments.js';
import type { Program } from '../../../src/model/program.js';
import { DYNAMIC } from '../../support/headers.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const PAGE = 4096n;

const writable = (address: bigint, fileSize: bigint, memorySize: bigint): Segment => ({
  type: PT.LOAD,
  readable: true,
  writable: true,
  executable: false,
  offset: address % PAGE,
  address,
  physicalAddress: address,
  fileSize,
  memorySize,
  align: PAGE,
});

/** A dynamic program of one segment: pages of its file, then so many of bss. */
function program(bssPages: number, relocated: readonly number[], filePages = 1): Program {
  const sample = sampleProgram('tiny-nolibc');
  const bytes = PAGE * BigInt(filePages);
  const segment = writable(0x400000n, bytes, bytes + PAGE * BigInt(bssPages));
  const dynamic = { ...DYNAMIC, address: 0x400000n };
  const type = 'shared';
  const binary = {
    ...sample.binary,
    type,
    entry: 0x400000n,
    segments: [segment],
    dynamic,
    relocated,
  } as const;
  return { ...sample, binary };
}

describe('.dynamic of a program without a C library', () => {
  it('is written by nobody', () => {
    const { rows } = costOf(program(0, []), conditions());
    assert.equal(
      rows.find(({ id }) => id.endsWith(':data')),
      undefined,
    );
  });
});

describe('.dynamic of a library', () => {
  const writtenOf = (interpreter: string) => {
    const { binary } = program(0, []);
    const dynamic = { ...DYNAMIC, address: 0n };
    const segments = [writable(0n, PAGE, PAGE)];
    const library = { ...binary, type: 'shared' as const, dynamic, segments };
    const object = (name: string) => ({ name, path: `/lib/${name}`, binary: library });
    const asked = {
      ...program(0, []),
      binary: { ...program(0, []).binary, interpreter },
      interpreter: object(interpreter.slice(1)),
      libraries: [object('libfew.so')],
    };
    const row = costOf(asked).rows.find(({ id }) => id === 'library:libfew.so:data');
    return row?.reasons.map(({ why }) => why) ?? [];
  };

  it('is written by glibc, and not by musl', () => {
    assert.deepEqual(writtenOf('/ld-linux-x86-64.so.2'), ['dynamic']);
    assert.deepEqual(writtenOf('/ld-musl-x86_64.so.1'), []);
  });
});

describe('the data of a program', () => {
  it('is at least what is written before it runs, where more of it can be written', () => {
    const qualityOf = (relocated: readonly number[]) =>
      costOf(program(0, relocated, 3), conditions()).rows.find(({ id }) => id.endsWith(':data'))
        ?.quality;
    assert.deepEqual([qualityOf([0x400, 0x402]), qualityOf([0x400, 0x403])], ['floor', 'exact']);
  });
});

const bssOf = (asked: Program) =>
  costOf(asked, conditions()).rows.find(({ id }) => id.endsWith(':bss'));

describe('RELRO that begins in a segment', () => {
  it('leaves what is in front of it writable, as in a live process', () => {
    // As mold 1.10 makes it where the .tbss that RELRO begins with is aligned to a page.
    const asked = program(0, [], 3);
    const relro = { ...writable(0x401000n, PAGE, PAGE), type: PT.GNU_RELRO };
    const binary = {
      ...asked.binary,
      interpreter: '/ld-linux-x86-64.so.2',
      segments: [...asked.binary.segments, relro],
    };
    const { regions } = costOf({ ...asked, binary }, conditions({}, { aslr: false }));
    const own = regions.filter(({ object }) => object === 'tiny-nolibc');
    const ids = own.map(({ id, pages }) => `${id.split(':').slice(3).join(':')} ${pages}`);
    assert.deepEqual(ids, ['file:before 1', 'file:relro 1', 'file 1']);
  });
});

describe('the bss of a program', () => {
  it('has a table in any case only where something is known to be written', () => {
    const { binary, ...others } = program(3 * 512, []);
    const segments = [writable(0x400000n, PAGE, PAGE), writable(0x600000n, 0n, 2n * PAGE)];
    const asked = { ...others, binary: { ...binary, segments } };
    const { rows } = costOf(asked, conditions({}, { aslr: false }));
    const range = rows.find(({ id }) => id === 'tables:pte')?.range;
    assert.equal(range && (range.max - range.min) / 4096, 1);
  });
});

describe('a bss into which variables of libraries are copied', () => {
  it('has the pages of COPY relocations besides those that are guessed', () => {
    // Pages 0x401 to 0x428 are bss, of which 0x404 to 0x40e are relocated.
    const row = bssOf(program(40, [0x404, 0x40e]));
    assert.equal(row?.pages, 2 + 10);
    assert.deepEqual(
      row?.reasons.map(({ why, pages, of }) => [why, pages, of]),
      [
        ['relocation', [0x404, 0x40e], undefined],
        ['bss', [0x401, 0x403], 40],
      ],
    );
  });

  it('counts a page once that is guessed and copied to', () => {
    assert.equal(bssOf(program(40, [0x401, 0x405]))?.pages, 4);
  });
});

describe('the bss of a static program', () => {
  /** Pages in use of eight, 0x4a1 to 0x4a8, all of whose bytes are bss. */
  const inUse = (sample: string, bssTouched?: number) => {
    const { binary, ...others } = sampleProgram(sample);
    const data = lastWritable(binary);
    const segments = binary.segments.map((segment) =>
      segment === data ? writable(0x4a0000n, PAGE, 9n * PAGE) : segment,
    );
    const { rows } = costOf(
      { ...others, binary: { ...binary, segments } },
      conditions({ bssTouched }),
    );
    return rows.find(({ id }) => id.endsWith(':bss'))?.reasons[0]?.pages;
  };

  it('has at its end what the C library writes, as live processes had, whatever the program does', () => {
    // From 22,528 bytes before its end to 19,808, and of the last 2,256.
    assert.deepEqual(inUse('tiny-glibc-static', 0), [0x4a3, 0x4a5, 0x4a8, 0x4a9]);
    assert.deepEqual(inUse('tiny-musl', 0), [0x4a8, 0x4a9]);
  });

  it('has before that a share of the program’s own, or two pages', () => {
    assert.deepEqual(inUse('tiny-musl', 0.5), [0x4a1, 0x4a5, 0x4a8, 0x4a9]);
    assert.deepEqual(inUse('tiny-musl'), [0x4a1, 0x4a3, 0x4a8, 0x4a9]);
  });
});

describe('the ends of writable pages in a dynamic program with musl', () => {
  /** Pages written of a segment from 0x400100 on, whose bss ends at 0x405100; and why. */
  const written = (...more: readonly Segment[]) => {
    const { binary, ...sample } = sampleProgram('tiny-musl-dynamic');
    const segments = [writable(0x400100n, 0x3000n, 0x5000n), ...more];
    const dynamic = { ...DYNAMIC, address: 0x401000n };
    const changed = { ...binary, entry: 0x400100n, segments, dynamic, relocated: [] };
    const { rows } = costOf({ ...sample, binary: changed }, conditions({ bssTouched: 0 }));
    const reasons = rows.flatMap((row) => (row.object === 'tiny-musl-dynamic' ? row.reasons : []));
    return Object.fromEntries(reasons.map(({ why, pages }) => [why, pages]));
  };
  const atBoth = { dynamic: [0x401, 0x402], tail: [0x403, 0x404], bss: [0x405, 0x406] };

  it('are cleared for malloc', () => {
    assert.deepEqual(written(), { ...atBoth, 'start-up': [0x400, 0x401] });
  });

  it('are left alone where they are write-protected after relocation', () => {
    const relro = { ...writable(0x400100n, 0xf00n, 0xf00n), type: PT.GNU_RELRO };
    assert.deepEqual(written(relro), atBoth);
  });
});

describe('the tables of constants that nobody may read', () => {
  const segment = (address: bigint, executable: boolean, offset: bigint): Segment => ({
    ...writable(address, PAGE, PAGE),
    writable: false,
    executable,
    offset,
  });
  const rangeOf = (constants: bigint) => {
    const sample = sampleProgram('tiny-nolibc');
    const segments = [segment(0x400000n, true, 0n), segment(constants, false, PAGE)];
    const binary = { ...sample.binary, entry: 0x400000n, segments };
    const { rows } = costOf({ ...sample, binary }, conditions({}, { aslr: false }));
    const { bytes, range } = rows.find(({ id }) => id === 'tables:pte') ?? {};
    return [bytes, range?.min];
  };

  it('are counted, and may be fewer', () => {
    assert.deepEqual(rangeOf(0x600000n), [3 * 4096, 2 * 4096]); // a table of their own
  });

  it('may be those of code in which the program does not begin, and of headers that nobody reads', () => {
    const sample = sampleProgram('tiny-nolibc');
    const segments = [
      segment(0x400000n, false, 0n),
      segment(0x600000n, true, PAGE),
      segment(0x800000n, true, 2n * PAGE),
    ];
    const binary = { ...sample.binary, entry: 0x800000n, segments };
    const { rows } = costOf({ ...sample, binary }, conditions({}, { aslr: false }));
    const { bytes, range } = rows.find(({ id }) => id === 'tables:pte') ?? {};
    assert.deepEqual([bytes, range?.min], [4 * 4096, 2 * 4096]);
  });

  it('may be that of the end of code', () => {
    const sample = sampleProgram('tiny-nolibc');
    const code = { ...segment(0x5ff000n, true, 0n), fileSize: 2n * PAGE, memorySize: 2n * PAGE };
    const binary = { ...sample.binary, entry: 0x5ff000n, segments: [code] };
    const { rows } = costOf({ ...sample, binary }, conditions({}, { aslr: false }));
    const { bytes, range } = rows.find(({ id }) => id === 'tables:pte') ?? {};
    assert.deepEqual([bytes, range?.min], [3 * 4096, 2 * 4096]);
  });

  it('are those of the code beside them', () => {
    assert.deepEqual(rangeOf(0x401000n), [2 * 4096, undefined]);
  });
});

describe('large segments of a library', () => {
  /**
   * Tables of the lowest level, those that there may be, and pages shared, of a program with a library of so much
   * code and constants.
   */
  function costWith(codeBytes: bigint, constantBytes: bigint, hasInitialisers = true) {
    const sample = sampleProgram('tiny-nolibc');
    const segment = { ...writable(0n, codeBytes, codeBytes), writable: false };
    const constants = { address: 16n * MIB, offset: 16n * MIB, fileSize: constantBytes };
    const code = { ...segment, address: PAGE, offset: PAGE, executable: true };
    const segments = [code, { ...segment, ...constants, memorySize: constantBytes }];
    const own = { ...segment, fileSize: PAGE, memorySize: PAGE };
    const binary = {
      ...sample.binary,
      type: 'shared' as const,
      dynamic: DYNAMIC,
      segments,
      hasInitialisers,
    };
    const library = { name: 'libdata.so', path: '/lib/libdata.so', binary, alignsHuge: false };
    const interpreter = { ...library, name: 'ld.so', binary: { ...binary, segments: [own] } };
    const program = { ...sample, binary: { ...sample.binary, interpreter: '/ld.so' } };
    const cost = costOf(
      { ...program, interpreter, libraries: [library] },
      conditions({}, { aslr: false }),
    );
    const row = cost.rows.find(
      ({ object, category }) => object === 'libdata.so' && category === 'shared',
    );
    const tables = cost.rows.find(({ id }) => id === 'tables:pte');
    const most = tables?.range?.max ?? tables?.bytes ?? 0;
    return { tables: (tables?.bytes ?? 0) / 4096, most: most / 4096, shared: row?.pages };
  }
  const MIB = 1n << 20n;

  it('are touched all over where something of it runs before main()', () => {
    const { tables, most, shared } = costWith(8n * MIB, 8n * MIB);
    assert.deepEqual([tables - costWith(PAGE, PAGE).tables, most, shared], [8, tables, 4096]);
  });

  it('are touched where its code begins where nothing does, but may be all over', () => {
    const asleep = costWith(8n * MIB, 8n * MIB, false);
    const awake = costWith(8n * MIB, 8n * MIB);
    assert.equal(asleep.tables, costWith(PAGE, 8n * MIB, false).tables);
    assert.deepEqual([asleep.most, asleep.shared], [awake.most, awake.shared]);
  });

  it('are not touched if they are constants and it has no code of its own', () => {
    const stored = costWith(PAGE, 8n * MIB, false);
    assert.deepEqual([stored.shared, stored.most], [1, stored.tables]);
  });

  it('are mapped with their neighbours if they are small', () => {
    assert.equal(costWith(PAGE, 2n * MIB, false).shared, 1 + 512);
  });
});

describe('what start-up of a static glibc writes', () => {
  /** Sixteen pages of data, with sections at these addresses. */
  function pagesOf(places: Readonly<Record<string, readonly [address: number, size: number]>>) {
    const sample = sampleProgram('tiny-glibc-static');
    const tls = sample.binary.segments.find(({ type }) => type === PT.TLS);
    assert.ok(tls);
    const sections = Object.entries(places).map(([name, [address, size]]) => ({
      ...(sample.binary.sections[1] as Section),
      name,
      address: BigInt(address),
      size: BigInt(size),
    }));
    const segments = [writable(0x400000n, 16n * PAGE, 16n * PAGE), { ...tls, address: 0x400000n }];
    const { rows } = costOf({ ...sample, binary: { ...sample.binary, segments, sections } });
    return rows.find(({ id }) => id.endsWith(':data'))?.reasons[0]?.pages;
  }

  it('is the end of .data and of .data.rel.ro, wherever the program’s own has moved them', () => {
    // As live processes of glibc 2.36 have it: the last 6,648 and 4,352 bytes.
    const places = { '.data.rel.ro': [0x400700, 0x3848], '.data': [0x405000, 0x9000] } as const;
    assert.deepEqual(pagesOf(places), [0x402, 0x404, 0x40c, 0x40e]);
  });

  it('is all of .got.plt, which a program bound at once has not', () => {
    const data = { '.data': [0x405000, 0x1000] } as const;
    assert.deepEqual(pagesOf(data), [0x405, 0x406]);
    assert.deepEqual(
      pagesOf({ ...data, '.got.plt': [0x407fe8, 0xd8] }),
      [0x405, 0x406, 0x407, 0x409],
    );
    // mold's has its three reserved words only; the slots are in .got.
    assert.deepEqual(
      pagesOf({ ...data, '.got': [0x403978, 0x178], '.got.plt': [0x407fe8, 0x18] }),
      [0x403, 0x404, 0x405, 0x406],
    );
  });

  it('is where symbols have its variables, as in a live process of a program that lld 14 linked', () => {
    const sample = sampleProgram('tiny-glibc-static');
    const tls = sample.binary.segments.find(({ type }) => type === PT.TLS);
    assert.ok(tls);
    const places = [
      [0x2a4140, 0x2a5170, 0x2a51c8, 0x2a5180, 0x2a40e0, 0x2a6350, 0x2a6d60, 0x2a6e00],
      [0x2a7698, 0x2a76a0, 0x2a7788, 0x2a7d48, 0x2a76c0, 0x2a8658, 0x2a8688, 0x2a86e0],
      [0x2a8ae0, 0x2a9280, 0x2a92a0, 0x2ad818, 0x2ad868, 0x2ad870, 0x2ad878, 0x2ada40],
      [0x2a8668, 0x2adda0, 0x2ad910, 0x2a8620, 0x2a9768],
    ].flat();
    const startUpVariables = Object.fromEntries(
      START_UP_VARIABLES.map((name, i) => [name, BigInt(places[i] ?? 0)]),
    );
    const segments = [
      writable(0x2a19c0n, 0x3970n, 0x3970n),
      writable(0x2a6340n, 0x22a8n, 0x7ab8n),
      { ...tls, address: 0x2a19c0n },
    ];
    const pagesWith = (found: Binary['startUpVariables']) => {
      const binary = { ...sample.binary, segments, sections: [], startUpVariables: found };
      const { rows } = costOf({ ...sample, binary }, conditions({ bssTouched: 0 }));
      const parts = ['data', 'bss'].map((part) => rows.find(({ id }) => id.endsWith(`:${part}`)));
      return parts.map((row) => row?.reasons.find(({ why }) => why !== 'tail')?.pages);
    };
    const file = [0x2a4, 0x2a9];
    assert.deepEqual(pagesWith(startUpVariables), [file, [0x2a9, 0x2aa, 0x2ad, 0x2ae]]);
    const { mp_, ...others } = startUpVariables;
    assert.equal(mp_, 0x2a6d60n);
    assert.deepEqual(pagesWith(others)[0], [0x2a6, 0x2a9], 'another version');
  });

  it('is no relocation where such a program has .dynamic', () => {
    // lld 14's with --export-dynamic: live, start-up writes the same pages as without.
    const { binary, ...sample } = sampleProgram('tiny-glibc-static');
    const dynamic = { ...DYNAMIC, address: 0x4a1000n };
    const dataOf = (asked: Binary) =>
      costOf({ ...sample, binary: asked }).rows.find(({ id }) => id.endsWith(':data'));
    assert.deepEqual(dataOf({ ...binary, dynamic, relocated: [0x4a0, 0x4a4] }), dataOf(binary));
  });

  it('is told by the segments where sections are gone, or are elsewhere', () => {
    assert.deepEqual(pagesOf({}), [0x40c, 0x410]);
    assert.deepEqual(pagesOf({ '.data': [0x900000, 0x1000] }), [0x40c, 0x410]);
  });
});
