import type { Binary, Machine, PageSet, Segment } from '../binary/binary.js';
import { PAGE_SET_BYTES } from '../binary/page-set.js';
import { loadSegments } from './load-segments.js';
import { coarsen, eachRun, intersect, type Runs, run, shift, union } from './runs.js';

// What another run of the linker would make of a binary, as far as that follows from its headers.

/** Bytes of a pointer, the least that a relocation writes. */
const WORD = 8;

/** Where ld begins a program at fixed addresses: TEXT_START_ADDR of its emulparams; bytes. */
const TEXT_START: Partial<Record<Machine, bigint>> = {
  'x86-64': 0x400000n,
  i386: 0x8048000n,
  arm64: 0x400000n,
  riscv: 0x10000n,
};

/** Whether ld's first address is known for a machine: else there is no saying where fixed ones would be. */
export const hasTextStart = (machine: Machine): boolean => TEXT_START[machine] !== undefined;

/** Whether the kernel chooses where a program goes. */
export const isPositionIndependent = ({ type }: Binary): boolean => type === 'shared';

/**
 * A binary whose PT_LOAD segments lie elsewhere, with all that lies in them: sections, .dynamic, RELRO, and
 * relocated pages; these exactly where it moves by whole pages.
 *
 * @param by bytes each one moves; they are in ascending order
 */
export function movedSegments(
  binary: Binary,
  by: (segment: Segment, index: number) => bigint,
): Binary {
  const moves = loadSegments(binary).map((load, index) => ({ load, bytes: by(load, index) }));
  const bytesAt = (address: bigint): bigint =>
    moves.findLast(({ load }) => load.address <= address)?.bytes ?? moves[0]?.bytes ?? 0n;
  const pages = (set: PageSet): PageSet => {
    const parts = moves.map(({ load, bytes }) => shift(bytesWritten(set, load), Number(bytes)));
    return coarsen(union(...parts), PAGE_SET_BYTES);
  };
  return {
    ...binary,
    segments: binary.segments.map((s) => {
      const bytes = bytesAt(s.address);
      return { ...s, address: s.address + bytes, offset: s.offset + bytes };
    }),
    // Those that are not loaded have no address.
    sections: binary.sections.map((section) => {
      const bytes = section.address === 0n ? 0n : bytesAt(section.address);
      return { ...section, address: section.address + bytes, offset: section.offset + bytes };
    }),
    dynamic: binary.dynamic && {
      ...binary.dynamic,
      address: binary.dynamic.address + bytesAt(binary.dynamic.address),
    },
    relocated: pages(binary.relocated),
    relocatedWhenFixed: pages(binary.relocatedWhenFixed),
    startUpVariables:
      binary.startUpVariables &&
      Object.fromEntries(
        Object.entries(binary.startUpVariables).map(([name, at]) => [name, at + bytesAt(at)]),
      ),
  };
}

/**
 * Bytes of a segment that are on pages of the set. Which bytes of the first and last page of a run are
 * meant is not known: up to the middle of it, unless the segment ends there.
 */
function bytesWritten(set: PageSet, { address, memorySize }: Segment): Runs {
  const segment = run(Number(address), Number(memorySize));
  const parts: Runs[] = [];
  eachRun(set, (first, after) => {
    const [start, end] = [first * PAGE_SET_BYTES, after * PAGE_SET_BYTES];
    const [from, to] = intersect(segment, [start, end]);
    if (from === undefined || to === undefined) return;
    const begin = from > start ? from : from + PAGE_SET_BYTES / 2 - WORD;
    parts.push([begin, Math.max(to < end ? to : to - PAGE_SET_BYTES / 2 + WORD, begin + WORD)]);
  });
  return union(...parts);
}

/** All of a binary moved so that it begins on the page of `start`, a multiple of the largest page. */
export function movedTo(binary: Binary, start: bigint): Binary {
  const first = loadSegments(binary)[0]?.address ?? 0n;
  const by = start - (first - (first % BigInt(PAGE_SET_BYTES)));
  return movedSegments(binary, () => by);
}

/**
 * A position-independent program as linked at fixed addresses: what only adds the load address is
 * done by the linker. A static one is then not relocated at all. Any other is left as it is.
 */
export function atFixedAddresses(binary: Binary): Binary {
  const start = TEXT_START[binary.machine];
  if (!isPositionIndependent(binary) || start === undefined) return binary;
  const moved = movedTo(binary, start);
  const dynamic = binary.interpreter === undefined ? undefined : moved.dynamic;
  const relocated = dynamic ? moved.relocatedWhenFixed : [];
  return { ...moved, type: 'executable', dynamic, relocated, relocatedWhenFixed: relocated };
}

/** The next multiple; of 0, which a section header may have for 1, the number itself. */
export const alignUp = (n: bigint, align: bigint): bigint =>
  align > 1n ? ((n + align - 1n) / align) * align : n;
