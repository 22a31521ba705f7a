import fc from 'fast-check';
import { readElf } from '../../src/binary/elf.js';
import { memorySource } from '../../src/binary/source.js';
import type { Program } from '../../src/model/program.js';
import { buildElf, type ImageSpec } from './elf-builder.js';

/** Programs of a few segments with gaps between them, static or dynamic, through the whole reader. */
const images: fc.Arbitrary<ImageSpec> = fc
  .record({
    dynamic: fc.boolean(),
    segments: fc.array(
      fc.record({
        flags: fc.constantFrom(4, 5, 6),
        gap: fc.nat(5000),
        start: fc.nat(4095),
        fileSize: fc.nat(20_000),
        bss: fc.oneof(fc.constant(0), fc.nat(30_000), fc.constant(2 ** 31)),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    targets: fc.array(fc.nat(40_000), { maxLength: 5 }),
  })
  .map(({ dynamic, segments, targets }) => {
    let page = dynamic ? 0 : 0x400;
    const placed = segments.map(({ flags, gap, start, fileSize, bss }) => {
      const address = page * 4096 + start;
      const memorySize = fileSize + (flags === 6 ? bss : 0) + 1;
      page += Math.ceil((start + memorySize) / 4096) + gap;
      return { flags, address, content: new Uint8Array(fileSize), memorySize };
    });
    const base = placed[0]?.address ?? 0;
    return {
      class: 64,
      machine: 62,
      type: dynamic ? 3 : 2,
      segments: placed,
      ...(dynamic && {
        dynamic: { rela: targets.map((t) => ({ offset: base + t, type: 8, addend: 0 })) },
      }),
    } satisfies ImageSpec;
  });

export const programs: fc.Arbitrary<Program> = images.map((image) => {
  const { binary } = readElf(memorySource(buildElf(image)));
  if (!binary) throw new Error('the builder made what the reader cannot read');
  return { path: 'random', binary, interpreter: undefined, libraries: [], missing: [] };
});

export const workloads = fc.record({
  heap: fc.option(fc.array(fc.nat(300_000), { maxLength: 20 }), { nil: undefined }),
  heapWritten: fc.boolean(),
  stackBytes: fc.nat(300_000),
  bssTouched: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});
