import { type Binary, PT, type Segment } from '../binary/binary.js';
import { memoized } from './memoized.js';

/**
 * What musl's loader gives to malloc of an object (ldso/dynlink.c, reclaim_gaps), in bytes as
 * linked: what is left of the first and last page of each segment that can be read and written, but
 * for what is protected after relocation.
 */
export const unusedEnds = memoized(
  ({ segments }: Binary, pageSize: number): readonly (readonly [from: number, to: number])[] => {
    const relro = segments.find(({ type }) => type === PT.GNU_RELRO);
    const down = (at: number) => at - (at % pageSize);
    const up = (at: number) => down(at + pageSize - 1);
    const first = down(Number(relro?.address ?? 0n));
    const after = down(Number((relro?.address ?? 0n) + (relro?.memorySize ?? 0n)));
    const isProtected = (at: number) => at >= first && at < after;
    return segments.filter(isGiven).flatMap(({ address, memorySize }) => {
      const begin = Number(address);
      const end = begin + Number(memorySize);
      const gaps = [
        [down(begin), begin],
        [end, up(end)],
      ] as const;
      return gaps
        .map(
          ([from, to]) => [isProtected(from) ? after : from, isProtected(to) ? first : to] as const,
        )
        .filter(([from, to]) => from < to);
    });
  },
);

const isGiven = ({ type, readable, writable }: Segment) => type === PT.LOAD && readable && writable;
