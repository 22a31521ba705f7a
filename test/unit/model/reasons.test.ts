import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import type { Cost } from '../../../src/model/cost.js';
import type { Program } from '../../../src/model/program.js';
import { mergeReasons, reasonsInBrief, type Why } from '../../../src/model/reasons.js';
import { coarsen, count, intersect, union } from '../../../src/model/runs.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { buildElf } from '../../support/elf-builder.js';
import { elfFiles, sampleOf } from '../../support/elf-files.js';
import { itWith } from '../../support/it-with.js';
import { readelfDynamic } from '../../support/readelf-relocations.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const pagesOf = ({ rows }: Cost, id: string, why: Why) =>
  rows.find((row) => row.id === id)?.reasons.find((reason) => reason.why === why)?.pages;

const briefOf = ({ rows }: Cost, id: string) =>
  reasonsInBrief(rows.find((row) => row.id === id)?.reasons ?? []);

describe('why pages are private', () => {
  it('is said of all segments of an object in one row', () => {
    const cost = costOf(twoDataSegments());
    assert.deepEqual(pagesOf(cost, 'program:two:data', 'relocation'), [3, 5, 8, 9]);
    assert.deepEqual(pagesOf(cost, 'program:two:data', 'tail'), [9, 10]);
    assert.deepEqual(pagesOf(cost, 'program:two:data', 'dynamic'), [0x400, 0x401]);
    assert.equal(briefOf(cost, 'program:two:data'), '3 relocation, 1 tail, 1 .dynamic');
    assert.deepEqual(pagesOf(cost, 'program:two:bss', 'bss'), [5, 7, 10, 12]);
    assert.equal(briefOf(cost, 'program:two:bss'), '4 of 6');
  });

  it('is said once of a segment that RELRO splits', () => {
    const cost = costOf(sampleProgram('tiny-glibc'));
    const regions = cost.regions.filter(({ row }) => row === 'program:tiny-glibc:data');
    assert.ok(regions.length > 1);
    assert.equal(briefOf(cost, 'program:tiny-glibc:data'), '2 relocation, 1 .dynamic, 1 tail');
  });

  it('is for heap and stack counted from where they begin, and not said where it is chance', () => {
    const program = sampleProgram('tiny-glibc-static');
    const still = costOf(program, conditions({}, { aslr: false }));
    assert.deepEqual(pagesOf(still, 'heap', 'written'), [0, 2]);
    const stack = still.rows.find(({ id }) => id === 'stack');
    assert.equal(pagesOf(still, 'stack', 'written')?.at(-1), stack?.reasons[0]?.of);
    assert.equal(pagesOf(costOf(program), 'stack', 'written'), undefined);
  });

  it('is of memory in several regions counted on from one to the next', () => {
    const program = sampleProgram('tiny-glibc');
    const object = (name: string) => ({ name, path: `/lib/${name}`, binary: program.binary });
    const libraries = Array.from({ length: 40 }, (_, i) => object(`lib${i}.so`));
    const interpreter = object('ld-linux-x86-64.so.2');
    const { rows, regions } = costOf({ ...program, interpreter, libraries });
    const row = rows.find(({ id }) => id === 'loader-malloc');
    assert.ok(regions.filter((region) => region.row === row?.id).length > 1);
    assert.equal(count(row?.reasons[0]?.pages ?? []), row?.pages);
  });

  itWith(
    ['readelf'],
    'is the relocations that readelf lists, of programs of this machine and their libraries',
    () => {
      let objects = 0;
      for (const path of sampleOf(elfFiles(['/usr/bin']), 6)) {
        const { program } = loadProgram(path);
        if (!program?.interpreter) continue;
        const cost = costOf(program);
        for (const { id, object } of cost.rows.filter(({ rule }) => rule === 'relocation')) {
          const file = fileOf(program, id, object as string);
          const expected = intersect(readelfDynamic(file.path).relocated, filePages(file));
          assert.deepEqual(pagesOf(cost, id, 'relocation') ?? [], expected, `${path}: ${id}`);
          objects++;
        }
      }
      assert.ok(objects > 6, `${objects} objects`);
    },
  );
});

describe('reasons of several regions', () => {
  it('are those of one row: pages together, and how many there are', () => {
    const bss = (pages: readonly number[], of: number) => ({ why: 'bss', pages, of }) as const;
    const tail = { why: 'tail', pages: [7, 8], of: undefined } as const;
    assert.deepEqual(mergeReasons([bss([8, 9], 3), tail, bss([2, 4], 5)]), [
      bss([2, 4, 8, 9], 8),
      tail,
    ]);
    assert.deepEqual(mergeReasons([tail, tail]), [tail]);
  });
});

/** A program that is relocated, with two data segments and bss behind each. */
function twoDataSegments(): Program {
  const image = buildElf({
    class: 64,
    machine: 62,
    type: 3,
    segments: [
      { flags: 5, address: 0, content: new Uint8Array(0x1000) },
      { flags: 6, address: 0x3000, content: new Uint8Array(0x2000), memorySize: 0x4000 },
      { flags: 6, address: 0x8010, content: new Uint8Array(0x1000), memorySize: 0x5000 },
    ],
    interpreter: '/lib64/ld-linux-x86-64.so.2', // glibc's, which writes to .dynamic
    dynamic: { rela: [0x3008, 0x4ff8, 0x8018].map((offset) => ({ offset, type: 8 })) },
  });
  const { binary } = readElf(memorySource(image));
  assert.ok(binary);
  return { path: 'two', binary, interpreter: undefined, libraries: [], missing: [] };
}

function fileOf(program: Program, row: string, object: string) {
  if (row.startsWith('program:')) return program;
  const file = [program.interpreter, ...program.libraries].find(
    (loaded) => loaded !== undefined && (loaded.name === object || loaded.path.endsWith(object)),
  );
  assert.ok(file, `${row} is of no file`);
  return file;
}

/** Pages that have bytes of the file: a copied variable in the bss is none of these. */
const filePages = ({ binary }: Pick<Program, 'binary'>) =>
  union(
    ...binary.segments
      .filter(({ type, fileSize }) => type === 1 && fileSize > 0n)
      .map((s) => coarsen([Number(s.address), Number(s.address + s.fileSize)], 4096)),
  );
