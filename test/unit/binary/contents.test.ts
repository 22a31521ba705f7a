import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DynamicSpec, ImageSpec } from '../../support/elf-builder.js';
import { buildElf, EM_386, ET_DYN } from '../../support/elf-builder.js';
import { ENCODINGS, encodingName } from '../../support/encodings.js';
import { complaints, readImage, readSound } from '../../support/read-image.js';

const DF_1_PIE = 0x08000000;
const DT_RUNPATH = 29;

const TEXT = { flags: 5, offset: 0, address: 0x8048000, fileSize: 0x200 };

describe('interpreter, notes, dynamic section and symbols', () => {
  for (const encoding of ENCODINGS) {
    describe(encodingName(encoding), () => {
      const with_ = (extras: Partial<ImageSpec>): ImageSpec => ({
        ...encoding,
        machine: EM_386,
        segments: [TEXT],
        ...extras,
      });
      const dynamicOf = (dynamic: DynamicSpec) => readSound(with_({ dynamic })).dynamic;

      it('reads the interpreter', () => {
        const interpreter = '/lib/ld-müsl.so.1';
        assert.equal(readSound(with_({ interpreter })).interpreter, interpreter);
        assert.equal(readSound(with_({})).interpreter, undefined);
        const longest = `/${'x'.repeat(4094)}`;
        assert.equal(readSound(with_({ interpreter: longest })).interpreter, longest);
      });

      it('has no interpreter where PT_INTERP is empty, too long or without an end', () => {
        for (const content of [[], [0], [0x2f], Array(4096).fill(0x2f), [0x2f, 0x2f]]) {
          const image = buildElf(
            with_({ segments: [TEXT, { type: 3, content, address: 0x9000000 }] }),
          );
          assert.equal(readImage(image).interpreter, undefined);
          assert.deepEqual(complaints(image), ['bad-string']);
        }
      });

      it('reads notes, with names and descriptors padded to 4', () => {
        const notes = [
          { owner: 'GNU', type: 1, descriptor: [0, 0, 0, 0, 1, 2, 3] },
          { owner: 'FreeBSD', type: 5, descriptor: [9, 8, 7, 6] },
          { owner: 'Go', type: 4, descriptor: [] },
          { owner: '', type: 0, descriptor: Array.from({ length: 100 }, (_, i) => i) },
        ];
        const read = readSound(with_({ notes })).notes;
        assert.deepEqual(read.slice(0, 3), notes.slice(0, 3));
        assert.deepEqual(read[3], { ...notes[3], descriptor: notes[3]?.descriptor.slice(0, 64) });
        assert.equal(read.length, 4);
      });

      it('reads notes that are padded to 8, as x86-64 has them', () => {
        const { littleEndian } = encoding;
        const u32 = (n: number) => (littleEndian ? [n, 0, 0, 0] : [0, 0, 0, n]);
        const gnu = [0x47, 0x4e, 0x55, 0];
        const note = (type: number, descriptor: readonly number[]) => [
          ...[...u32(4), ...u32(descriptor.length), ...u32(type), ...gnu],
          ...[...descriptor, ...Array(-descriptor.length & 7).fill(0)],
        ];
        const content = [...note(5, [1, 2, 3]), ...note(6, [4])];
        const segment = { type: 4, content, address: 0x9000000, align: 8 };
        assert.deepEqual(readSound(with_({ segments: [TEXT, segment] })).notes, [
          { owner: 'GNU', type: 5, descriptor: [1, 2, 3] },
          { owner: 'GNU', type: 6, descriptor: [4] },
        ]);
      });

      it('reads notes padded to 4 behind one padded to 8, as mold puts them', () => {
        const { littleEndian } = encoding;
        const u32 = (n: number) => (littleEndian ? [n, 0, 0, 0] : [0, 0, 0, n]);
        const note = (type: number, bytes: number) => [
          ...[...u32(4), ...u32(bytes), ...u32(type), 0x47, 0x4e, 0x55, 0],
          ...Array(bytes).fill(7),
        ];
        const content = [...note(5, 16), ...note(3, 20), ...note(1, 16)];
        const segment = { type: 4, content, address: 0x9000000, align: 8 };
        const { notes } = readSound(with_({ segments: [TEXT, segment] }));
        assert.deepEqual(
          notes.map(({ type, descriptor }) => [type, descriptor.length]),
          [
            [5, 16],
            [3, 20],
            [1, 16],
          ],
        );
      });

      it('reads notes up to one that claims more than there is', () => {
        const notes = [
          { owner: 'GNU', type: 1, descriptor: [1] },
          { owner: 'GNU', type: 2, descriptor: [2] },
        ];
        const image = buildElf(with_({ notes }));
        const note = readImage(image).segments.find((segment) => segment.type === 4);
        const second = Number(note?.offset) + 20;
        image.fill(0xff, second, second + 8);
        assert.deepEqual(readImage(image).notes, notes.slice(0, 1));
        const [diagnostic, ...others] = readImage(image).diagnostics;
        assert.deepEqual([diagnostic?.code, diagnostic?.offset, others], ['bad-note', second, []]);
      });

      it('stops where notes are too many', () => {
        const notes = Array.from({ length: 300 }, () => ({ owner: 'a', type: 1, descriptor: [] }));
        assert.equal(readSound(with_({ notes })).notes.length, 256);
        const segments = Array.from({ length: 300 }, () => ({
          type: 4,
          address: TEXT.address,
          fileSize: 0x200,
        }));
        const image = buildElf(with_({ segments: [TEXT, ...segments] }));
        assert.ok(complaints(image).includes('limit'));
      });

      it('tells functions that run when it is loaded from the one of the start files', () => {
        const word = encoding.class / 8;
        const init = [12, 0x1000] as const;
        const array = (count: number) => [27, count * word] as const;
        const cases = [[], [init], [array(1)], [init, array(1)], [array(2)], [init, array(9)]];
        assert.deepEqual(
          cases.map(
            (dynamic) => readSound(with_({ dynamic: { entries: dynamic } })).hasInitialisers,
          ),
          [false, true, false, false, true, true],
        );
      });

      it('reads the dynamic section', () => {
        const dynamic = dynamicOf({
          needed: ['liba.so.1', 'libb.so', 'liba.so.1'],
          soname: 'libme.so',
          rpath: '$ORIGIN',
          runpath: '/opt/lib:/x',
          flags1: DF_1_PIE | 1,
        });
        const { address, ...names } = dynamic ?? { address: 0n };
        assert.equal(address % 8n, 0n);
        assert.deepEqual(names, {
          needed: ['liba.so.1', 'libb.so', 'liba.so.1'],
          unreadNeeded: 0,
          soname: 'libme.so',
          rpath: '$ORIGIN',
          runpath: '/opt/lib:/x',
          pie: true,
          glibcDefined: undefined,
          glibcNeeded: undefined,
          versionIndex: undefined,
          uniqueReferences: 0,
        });
        assert.equal(dynamicOf({ flags1: 1 })?.pie, false);
        assert.deepEqual(dynamicOf({})?.needed, []);
      });

      it('stops at DT_NULL, and says where it is missing', () => {
        const entries = [
          [0, 0],
          [DT_RUNPATH, 0],
        ] as const;
        assert.equal(dynamicOf({ entries })?.runpath, undefined);

        const { class: width, littleEndian } = encoding;
        const entry = (tag: number, value: number) => {
          const bytes = new Uint8Array(width / 4);
          bytes[littleEndian ? 0 : width / 8 - 1] = tag;
          bytes[littleEndian ? width / 8 : width / 4 - 1] = value;
          return [...bytes];
        };
        const content = [...entry(21, 0), ...entry(DT_RUNPATH, 7)];
        const image = buildElf(
          with_({ segments: [TEXT, { type: 2, address: 0x9000000, content }] }),
        );
        // Then its strings cannot be found either.
        assert.deepEqual(complaints(image), ['bad-dynamic', 'bad-string']);
        assert.equal(readImage(image).dynamic?.address, 0x9000000n);
      });

      it('leaves out names that are not in the string table, and says so once', () => {
        const image = buildElf(
          with_({
            dynamic: {
              needed: ['libc.so', 'n'.repeat(4095), 'm'.repeat(4096)],
              entries: [
                [1, 0x7fffffff],
                [DT_RUNPATH, 0x7ffffff0],
              ],
            },
          }),
        );
        assert.deepEqual(complaints(image), ['bad-string']);
        const { needed, unreadNeeded } = readImage(image).dynamic ?? {};
        assert.deepEqual(needed, ['libc.so', 'n'.repeat(4095)]);
        assert.equal(unreadNeeded, 2);
      });

      it('looks for free in the symbols of static programs', () => {
        const table = (names: readonly string[]): Partial<ImageSpec> => ({
          sections: symbolSections(encoding, names),
        });
        const linksFree = (spec: ImageSpec) => readSound(spec).linksFree;
        assert.equal(linksFree(with_(table(['main', 'free']))), true);
        assert.equal(linksFree(with_(table(['main', 'freed', 'xfree', 'fre']))), false);
        assert.equal(linksFree(with_(table(['free?', 'main']))), false, 'undefined symbol');
        assert.equal(linksFree(with_({})), undefined);
        assert.equal(linksFree(with_({ ...table(['free']), interpreter: '/ld.so' })), undefined);
        const dynamic = { flags1: DF_1_PIE };
        assert.equal(linksFree(with_({ ...table(['free']), type: ET_DYN, dynamic })), true);
        assert.equal(linksFree(with_({ ...table(['free']), type: ET_DYN })), undefined);
      });

      it('finds the places of what start-up writes in a static program, but for names that are there twice', () => {
        const names = ['main', 'main_arena', 'mp_', 'initial', 'initial', 'environ?', 'xmp_'];
        const spec = { sections: symbolSections(encoding, names) };
        assert.deepEqual(readSound(with_(spec)).startUpVariables, {
          main_arena: 0x1002n,
          mp_: 0x1003n,
        });
        const dynamic = { ...spec, interpreter: '/ld.so', type: ET_DYN, dynamic: {} };
        assert.equal(readSound(with_(dynamic)).startUpVariables, undefined);
      });

      it('tells whether libstdc++’s memory for exceptions is linked in', () => {
        const pool = '_ZN9__gnu_cxx9__freeresEv';
        const linksPool = (name: string, spec: Partial<ImageSpec>) => {
          const sections = symbolSections(encoding, [name]);
          return readSound(with_({ sections, ...spec })).linksExceptionPool;
        };
        const dynamic = { interpreter: '/ld.so', type: ET_DYN, dynamic: {} };
        for (const spec of [{}, dynamic]) {
          assert.deepEqual([linksPool(pool, spec), linksPool(`${pool}?`, spec)], [true, false]);
        }
      });

      it('tells whether what needs the C++ library has its streams initialised', () => {
        const initialises = (name: string, needed: readonly string[]) => {
          const sections = symbolSections(encoding, [name]).map((section) =>
            section.name === '.symtab' ? { ...section, name: '.dynsym', type: 11 } : section,
          );
          return readSound(with_({ sections, type: ET_DYN, dynamic: { needed } }))
            .initialisesStreams;
        };
        const init = '_ZNSt8ios_base4InitC1Ev?';
        assert.equal(initialises(init, ['libstdc++.so.6']), true);
        assert.equal(initialises('_ZNSt8ios_base4InitD1Ev?', ['libstdc++.so.6']), false);
        assert.equal(initialises(init, ['libm.so.6']), false, 'not looked for');
      });

      it('looks for free in what a dynamic program needs, and not in what a library does', () => {
        const linksFree = (name: string, dynamic: DynamicSpec) => {
          const sections = symbolSections(encoding, [name]).map((section) =>
            section.name === '.symtab' ? { ...section, name: '.dynsym', type: 11 } : section,
          );
          return readSound(with_({ sections, type: ET_DYN, interpreter: '/ld.so', dynamic }))
            .linksFree;
        };
        assert.equal(linksFree('free?', {}), true);
        assert.equal(linksFree('free', {}), false, 'one of its own');
        assert.equal(linksFree('free', { soname: 'libc.so.6' }), undefined);
      });
    });
  }

  it('finds no free in the samples that need none', () => {
    for (const [name, expected] of [
      ['tiny-nolibc', false],
      ['tiny-musl', false],
      ['tiny-glibc-static', undefined], // stripped
      ['tiny-glibc', false], // dynamic: asks for none
      ['tiny-musl-dynamic', false],
    ]) {
      assert.equal(readImage(readFileSync(`sample/${name}`)).linksFree, expected, `${name}`);
    }
  });
});

/**
 * .symtab and .strtab, addresses from 0x1001 on; a name that ends in a question mark is undefined,
 * and stored without it.
 */
function symbolSections(
  encoding: { class: 32 | 64; littleEndian: boolean },
  names: readonly string[],
) {
  const wide = encoding.class === 64;
  const size = wide ? 24 : 16;
  const strings = `\0${names.map((name) => name.replace('?', '')).join('\0')}\0`;
  const table = new Uint8Array(size * (names.length + 1));
  const view = new DataView(table.buffer);
  names.forEach((name, i) => {
    const at = (i + 1) * size;
    view.setUint32(at, strings.indexOf(`\0${name.replace('?', '')}\0`) + 1, encoding.littleEndian);
    const section = name.endsWith('?') ? 0 : 0xfff1; // SHN_ABS
    const value = at + (wide ? 8 : 4) + (wide && !encoding.littleEndian ? 4 : 0);
    view.setUint32(value, 0x1001 + i, encoding.littleEndian);
    view.setUint16(at + (wide ? 6 : 14), section, encoding.littleEndian);
  });
  return [
    { name: '.symtab', type: 2, content: table, link: 2, entrySize: size },
    { name: '.strtab', type: 3, content: new TextEncoder().encode(strings) },
  ];
}
