import assert from 'node:assert/strict';
import type { Section, Segment } from '../../../src/binary/binary.js';
import { readElf, readElfHeaders } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import {
  buildElf,
  EM_386,
  EM_X86_64,
  ET_CORE,
  ET_REL,
  headerFields,
  type ImageSpec,
  withField,
} from '../../support/elf-builder.js';
import { ENCODINGS, encodingName } from '../../support/encodings.js';
import { complaints, readImage, readSound } from '../../support/read-image.js';

const PROGRAM = {
  machine: EM_386,
  osAbi: 9,
  entry: 0x80480b8,
  segments: [
    { flags: 5, offset: 0, address: 0x8048000, fileSize: 0x1400 },
    { flags: 6, offset: 0x1400, address: 0x804a400, fileSize: 0x80, memorySize: 0x2000 },
    { type: 0x6474e551, flags: 7, align: 16 },
  ],
  sections: [
    { name: '.text', flags: 6, address: 0x8048100, content: [0xc3, 0x90], align: 16 },
    { name: '.data', flags: 3, address: 0x804a400, content: [1, 2, 3, 4], align: 4 },
    { name: '.bss', type: 8, flags: 3, address: 0x804a480, size: 0x1f80, align: 32 },
    { name: '.symtab', type: 2, content: Array(32).fill(0), link: 5, info: 1, entrySize: 16 },
  ],
} satisfies Omit<ImageSpec, 'class'>;

/** Sets a header field by its name. */
function withNamed(image: Uint8Array, name: string, value: number): Uint8Array {
  const field = headerFields(image).find((f) => f.name === name);
  assert.ok(field, name);
  return withField(image, field, value);
}

describe('ELF headers', () => {
  for (const encoding of ENCODINGS) {
    describe(encodingName(encoding), () => {
      const spec: ImageSpec = { ...PROGRAM, ...encoding };

      it('reads the file header', () => {
        const {
          class: width,
          littleEndian,
          machine,
          machineCode,
          type,
          osAbi,
          entry,
        } = readSound(spec);
        assert.deepEqual(
          { width, littleEndian, machine, machineCode, type, osAbi, entry },
          {
            width: encoding.class,
            littleEndian: encoding.littleEndian,
            machine: 'i386',
            machineCode: EM_386,
            type: 'executable',
            osAbi: 9,
            entry: 0x80480b8n,
          },
        );
      });

      it('reads program headers', () => {
        const expected: Segment[] = [
          segment({ flags: 5, address: 0x8048000n, fileSize: 0x1400n }),
          segment({
            flags: 6,
            offset: 0x1400n,
            address: 0x804a400n,
            fileSize: 0x80n,
            memorySize: 0x2000n,
          }),
          segment({ type: 0x6474e551, flags: 7, align: 16n }),
        ];
        assert.deepEqual(readSound(spec).segments, expected);
      });

      it('reads section headers with their names', () => {
        const [zero, text, data, bss, symbols, names, ...more] = readSound(spec).sections;
        assert.deepEqual(zero, section({ type: 0, align: 0n }));
        assert.deepEqual(
          text,
          section({
            name: '.text',
            flags: 6n,
            address: 0x8048100n,
            offset: 0x100n,
            size: 2n,
            align: 16n,
          }),
        );
        assert.deepEqual(
          data,
          section({
            name: '.data',
            flags: 3n,
            address: 0x804a400n,
            offset: 0x1400n,
            size: 4n,
            align: 4n,
          }),
        );
        assert.deepEqual(
          bss,
          section({
            name: '.bss',
            type: 8,
            flags: 3n,
            address: 0x804a480n,
            offset: 0x1480n,
            size: 0x1f80n,
            align: 32n,
          }),
        );
        assert.deepEqual(
          symbols,
          section({
            name: '.symtab',
            type: 2,
            offset: symbols?.offset ?? 0n,
            size: 32n,
            link: 5,
            info: 1,
            entrySize: 16n,
          }),
        );
        assert.equal(names?.name, '.shstrtab');
        assert.deepEqual(more, []);
      });

      it('reads values that use every bit of a word', () => {
        const all = (1n << BigInt(encoding.class)) - 1n;
        const high = 1n << BigInt(encoding.class - 1);
        const binary = readImage(
          buildElf({
            ...encoding,
            machine: EM_X86_64,
            entry: high,
            segments: [{ address: all, offset: 0, memorySize: high + 1n, align: all }],
            sections: [{ name: '.x', type: 8, address: high, size: all, flags: all }],
          }),
        );
        assert.equal(binary.entry, high);
        const { address, memorySize, align } = binary.segments[0] as Segment;
        assert.deepEqual(
          { address, memorySize, align },
          { address: all, memorySize: high + 1n, align: all },
        );
        const x = binary.sections[1] as Section;
        assert.deepEqual([x.address, x.size, x.flags], [high, all, all]);
      });

      it('takes counts from section header 0 where they do not fit the file header', () => {
        const plain = readSound(spec);
        const extended = readSound({ ...spec, extendedNumbering: true });
        assert.deepEqual(extended.segments, plain.segments);
        assert.deepEqual(extended.sections.slice(1), plain.sections.slice(1));
        assert.equal(extended.sections[0]?.size, 6n);
        assert.equal(extended.sections[0]?.link, 5);
        assert.equal(extended.sections[0]?.info, 3);
      });

      it('reads a file without a section table', () => {
        const binary = readSound({ ...spec, noSectionTable: true });
        assert.deepEqual(binary.sections, []);
        assert.equal(binary.segments.length, 3);
      });

      it('reads object files and core dumps, and only the headers of them', () => {
        const dynamic = { needed: ['libc.so.6'], rela: [{ offset: 0x8048000, type: 8 }] };
        const notes = [{ owner: 'CORE', type: 1, descriptor: [1, 2, 3, 4] }];
        const core = readSound({ ...spec, type: ET_CORE, notes, dynamic });
        assert.equal(core.type, 'core');
        assert.equal(core.segments.length, 6);
        const object = readSound({ ...spec, type: ET_REL, segments: [] });
        assert.equal(object.type, 'relocatable');
        assert.equal(object.sections[1]?.name, '.text');
        for (const { dynamic, notes, relocated, interpreter } of [core, object]) {
          assert.deepEqual({ dynamic, notes, relocated, interpreter }, NO_CONTENTS);
        }
      });

      it('refuses header tables whose entries have another size', () => {
        const image = buildElf(spec);
        for (const value of [0, 1, 39, 65_535]) {
          const segments = withNamed(image, 'e_phentsize', value);
          assert.deepEqual(complaints(segments), ['bad-header']);
          assert.deepEqual(readImage(segments).segments, []);
          const sections = withNamed(image, 'e_shentsize', value);
          assert.deepEqual(complaints(sections), ['bad-header']);
          assert.deepEqual(readImage(sections).sections, []);
        }
      });

      it('takes no table for one at offset 0', () => {
        const image = buildElf(spec);
        const noSegments = withNamed(image, 'e_phoff', 0);
        assert.deepEqual(complaints(noSegments), ['bad-header']);
        assert.deepEqual(readImage(noSegments).segments, []);
        const noSections = withNamed(image, 'e_shoff', 0);
        assert.deepEqual(complaints(noSections), ['bad-header']);
        assert.deepEqual(readImage(noSections).sections, []);
        // The escape for the count of segments refers to section header 0, which is not there.
        const neither = withNamed(noSections, 'e_phnum', 0xffff);
        assert.ok(readImage(neither).segments.length >= 3);
      });

      it('keeps sections whose names cannot be read', () => {
        const image = buildElf(spec);
        const noTable = withNamed(image, 'e_shstrndx', 77);
        assert.deepEqual(complaints(noTable), ['bad-section']);
        assert.equal(readImage(noTable).sections[1]?.name, '');
        const badName = withNamed(image, 'sh_name of section 2', 5000);
        assert.deepEqual(complaints(badName), ['bad-string']);
        assert.deepEqual(
          readImage(badName).sections.map(({ name }) => name),
          ['', '.text', '', '.bss', '.symtab', '.shstrtab'],
        );
        const none = withNamed(image, 'e_shstrndx', 0);
        assert.deepEqual(complaints(none), []);
        assert.equal(readImage(none).sections[1]?.name, '');
      });

      it('says once that entries reach beyond the end of the file', () => {
        const image = buildElf({ ...spec, sections: [] });
        const long = [0, 1].reduce(
          (changed, i) => withNamed(changed, `p_filesz of segment ${i}`, 0x2000),
          image,
        );
        const { diagnostics } = readImage(long);
        assert.deepEqual(
          diagnostics.map(({ code }) => code),
          ['truncated', 'bad-segment'],
        );
        assert.match(
          diagnostics[0]?.message ?? '',
          /^The file ends too early: program header 0 .* Further headers that do: 1\.$/,
        );
      });
    });
  }

  it('reads a file with more sections than 16 bits can count', () => {
    const count = 66_000;
    const sections = Array.from({ length: count }, (_, i) => ({
      name: `.s${i}`,
      size: i,
      type: 8,
    }));
    const spec = { class: 64, type: ET_REL, machine: EM_X86_64 } as const;
    const binary = readSound({ ...spec, sections, extendedNumbering: true });
    assert.equal(binary.sections.length, count + 2);
    assert.equal(binary.sections[65_999]?.name, '.s65998');
    assert.equal(binary.sections[65_999]?.size, 65_998n);
  });

  it('cuts names where decoding changes their length', () => {
    const names = ['.plain', 'ü', '.after', '\u{1f4a3}', '\ufeff.bom', '.last'];
    const { sections } = readSound({
      class: 64,
      machine: EM_X86_64,
      sections: names.map((name) => ({ name, type: 8 })),
    });
    assert.deepEqual(
      sections.map(({ name }) => name),
      ['', ...names, '.shstrtab'],
    );
  });

  it('reads the headers alone as the whole file is read', () => {
    const image = buildElf({ ...PROGRAM, class: 32, dynamic: { needed: ['libm.so'] } });
    const { segments, sections } = readImage(image);
    const { headers, diagnostics } = readElfHeaders(memorySource(image));
    assert.deepEqual(headers, { segments, sections });
    assert.deepEqual(diagnostics, []);
  });

  it('says of what people take for an ELF file what it is', () => {
    const of = (bytes: string) =>
      readElf(memorySource(Buffer.from(bytes, 'latin1'))).diagnostics[0]?.message ?? '';
    assert.match(of('!<arch>\n/ 0'), /^This is a static library/);
    assert.match(of('MZ\x90\0'), /PE \(Windows\)/);
    assert.match(of('\xcf\xfa\xed\xfe\x07\0\0\x01'), /Mach-O \(macOS\)/);
    assert.match(of('\0asm\x01\0\0\0'), /WebAssembly/);
    assert.match(of('hello, world'), /does not begin with 7f 45 4c 46/);
  });

  it('says what a file is that is no ELF file', () => {
    const of = (text: string) => {
      const { binary, diagnostics } = readElf(memorySource(new TextEncoder().encode(text)));
      assert.equal(binary, undefined);
      assert.equal(diagnostics.length, 1);
      return [diagnostics[0]?.code, diagnostics[0]?.offset];
    };
    assert.deepEqual(of(''), ['empty', 0]);
    assert.deepEqual(of('\x7fEL'), ['not-elf', 0]);
    assert.deepEqual(of('MZ\x90\0'), ['not-elf', 0]);
    assert.deepEqual(of('#!/bin/sh\n'), ['script', 0]);
    assert.deepEqual(of('#!'), ['script', 0]);
    assert.deepEqual(of('\x7fELF'), ['truncated', 4]);
    assert.deepEqual(of('\x7fELF\x03\x01\x01'.padEnd(16, '\0')), ['bad-header', 4]);
    assert.deepEqual(of('\x7fELF\x02\x03\x01'.padEnd(16, '\0')), ['bad-header', 5]);
    assert.deepEqual(of('\x7fELF\x02\x01\x01'.padEnd(40, '\0')), ['truncated', 40]);
  });
});

describe('a script', () => {
  const message = (text: string) =>
    readElf(memorySource(new TextEncoder().encode(text))).diagnostics[0]?.message ?? '';

  it('has the line that names its interpreter, which is to be opened instead', () => {
    const of = (line: string) => /\(#!(.*)\)\. Open that one instead\.$/.exec(message(line))?.[1];
    assert.equal(of('#! /usr/bin/env -S node \nexit\n'), '/usr/bin/env -S node');
    assert.equal(of('#!/bin/sh'), '/bin/sh');
    assert.equal(of('#!/bin/a\x1b[31m\u202eb\n'), '/bin/a\\u{1b}[31m\\u{202e}b');
    assert.ok((of(`#!/${'x'.repeat(1e6)}`) ?? '').length <= 120);
    for (const none of ['#!', '#!\n', '#! \t\nx', '#!\0/bin/sh']) {
      assert.match(message(none), /names no interpreter\.$/);
    }
  });
});

const NO_CONTENTS = { dynamic: undefined, notes: [], relocated: [], interpreter: undefined };

function segment({ flags, ...values }: Partial<Segment> & { flags: number }): Segment {
  const { address = 0n, fileSize = 0n, type = 1 } = values;
  return {
    type,
    readable: (flags & 4) !== 0,
    writable: (flags & 2) !== 0,
    executable: (flags & 1) !== 0,
    offset: 0n,
    address,
    physicalAddress: address,
    fileSize,
    memorySize: fileSize,
    align: 4096n,
    ...values,
  };
}

const section = (values: Partial<Section>): Section => ({
  name: '',
  type: 1,
  flags: 0n,
  address: 0n,
  offset: 0n,
  size: 0n,
  link: 0,
  info: 0,
  align: 1n,
  entrySize: 0n,
  ...values,
});
