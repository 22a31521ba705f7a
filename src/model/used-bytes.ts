import { type Binary, type Section, type Segment, SHF, SHT } from '../binary/binary.js';
import { memoized } from './memoized.js';
import { intersect, type Runs, run, union } from './runs.js';

/** Of more sections, which no linker makes, nothing is told of what lies between them. */
const MAX_SECTIONS = 1000;

/**
 * The bytes of a segment that have a use, counted from the first byte of its first page: all but what lies between two
 * sections, where the linker only aligned the second. All of them where there are no section headers.
 */
export function usedBytes(
  binary: Binary,
  { address, memorySize }: Segment,
  pageSize: number,
): Runs {
  const from = Number(address % BigInt(pageSize));
  const whole = run(from, Number(memorySize));
  const end = address + memorySize;
  const inside = inMemory(binary).filter((s) => s.address >= address && s.address + s.size <= end);
  const covered = union(
    ...inside.map((s) => run(from + Number(s.address - address), Number(s.size))),
  );
  const [first, last] = [covered[0], covered.at(-1)];
  if (first === undefined || last === undefined) return whole;
  // The file's headers come before all sections.
  const around = [0, first, last, Number.POSITIVE_INFINITY];
  return union(intersect(whole, around), covered);
}

/** The sections that take memory; a thread-local one without contents takes none where it stands. */
const inMemory = memoized(({ sections }: Binary): readonly Section[] => {
  const takes = ({ type, flags, size }: Section) =>
    (flags & SHF.ALLOC) !== 0n && size > 0n && !(type === SHT.NOBITS && (flags & SHF.TLS) !== 0n);
  const those = sections.filter(takes);
  return those.length > MAX_SECTIONS ? [] : those;
});
