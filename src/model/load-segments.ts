import { type Binary, PT, type Segment } from '../binary/binary.js';
import { pageAfter, pageOf } from './page-numbers.js';

/** The PT_LOAD segments that occupy memory, by address. */
export const loadSegments = (binary: Pick<Binary, 'segments'>): Segment[] =>
  binary.segments
    .filter((s) => s.type === PT.LOAD && s.memorySize > 0n)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));

/** Pages of the largest p_align that is a power of two (fs/binfmt_elf.c, maximum_alignment; glibc alike). */
export function largestAlign(binary: Binary, pageSize: number): number {
  const aligns = loadSegments(binary)
    .map((s) => s.align)
    .filter((align) => align > 0n && (align & (align - 1n)) === 0n)
    .map((align) => Number(align / BigInt(pageSize)));
  return Math.max(1, ...aligns);
}

/** Whether pages lie between segments that are of none. */
export function hasGaps(binary: Binary, pageSize: number): boolean {
  const loads = loadSegments(binary);
  return loads.slice(1).some(({ address }, index) => {
    const before = loads[index] as Segment;
    return pageOf(address, pageSize) > pageAfter(before.address + before.memorySize, pageSize);
  });
}

/** The segment that an object's last variables are in. */
export const lastWritable = (binary: Binary): Segment | undefined =>
  loadSegments(binary).findLast((s) => s.writable);

/** Bytes left on the last page after the object's bss: what an allocator could use. */
export function slackAfterBss(binary: Binary, pageSize: number): number {
  const last = lastWritable(binary);
  if (!last) return 0;
  const over = Number((last.address + last.memorySize) % BigInt(pageSize));
  return over === 0 ? 0 : pageSize - over;
}
