import { PT, type Segment } from './binary.js';

/** What of an address range is stored in the file: the dynamic section speaks in addresses. */
export type FileRange = { readonly offset: number; readonly length: number };

/**
 * The part of [address, address + length) that lies in one PT_LOAD's file bytes and within the file;
 * undefined where it begins in none of them.
 */
export function fileRange(
  segments: readonly Segment[],
  fileSize: number,
  address: bigint,
  length: bigint,
): FileRange | undefined {
  for (const segment of segments) {
    if (segment.type !== PT.LOAD) continue;
    const into = address - segment.address;
    if (into < 0n || into >= segment.fileSize) continue;
    const offset = segment.offset + into;
    if (offset >= BigInt(fileSize)) return undefined;
    const stored = min(segment.fileSize - into, BigInt(fileSize) - offset);
    return { offset: Number(offset), length: Number(min(length, stored)) };
  }
  return undefined;
}

const min = (a: bigint, b: bigint) => (a < b ? a : b);
