import { type Binary, PT, type Segment } from '../binary/binary.js';
import { memoized } from './memoized.js';
import { roundUp } from './round-up.js';

/** An object's PT_TLS, where it has one that takes memory. */
export const threadLocal = memoized(({ segments }: Binary): Segment | undefined =>
  segments.find(({ type, memorySize }) => type === PT.TLS && memorySize > 0n),
);

/** Bytes of a module's block that its file has. */
export const initialised = ({ fileSize, memorySize }: Pick<Segment, 'fileSize' | 'memorySize'>) =>
  Number(fileSize < memorySize ? fileSize : memorySize);

/** Where the modules' blocks lie. */
export interface StaticTls {
  /** Bytes in front of the thread's block at which each begins. */
  readonly offsets: readonly number[];
  /** Bytes that all of them take. */
  readonly used: number;
  /** What all of it is aligned to. */
  readonly align: number;
}

/**
 * The layout of static TLS: each in front of the one before, or in a gap that alignment has left (elf/dl-tls.c,
 * _dl_determine_tlsoffset with TLS_TCB_AT_TP).
 *
 * @param least what the thread's block is aligned to
 */
export function staticTls(
  modules: readonly Pick<Segment, 'address' | 'memorySize' | 'align'>[],
  least: number,
): StaticTls {
  const offsets: number[] = [];
  let used = 0;
  let most = least;
  let gapTop = 0;
  let gapEnd = 0;
  for (const { address, memorySize, align: wanted } of modules) {
    const size = Number(memorySize);
    const align = Math.max(1, Number(wanted));
    const first = (align - Number(address % BigInt(align))) % align;
    most = Math.max(most, align);
    const place = (from: number) => roundUp(from + size - first, align) + first;
    if (gapEnd - gapTop >= size && place(gapTop) <= gapEnd) {
      gapTop = place(gapTop);
      offsets.push(gapTop);
      continue;
    }
    const end = place(used);
    if (end > used + size + (gapEnd - gapTop)) {
      gapTop = used;
      gapEnd = end - size;
    }
    used = end;
    offsets.push(end);
  }
  return { offsets, used, align: most };
}
