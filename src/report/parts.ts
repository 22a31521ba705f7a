import { type Binary, PT, type Section, type Segment, SHF, SHT } from '../binary/binary.js';
import { protection } from '../format.js';
import { sectionFlags, sectionTypeName, segmentTypeName } from './elf-names.js';

/** A segment or a section, in the words that both are shown with. */
export interface Part {
  readonly kind: 'segment' | 'section';
  readonly index: number;
  /** As the file has it, so to be shown with `printable`; empty for segments. */
  readonly name: string;
  readonly type: string;
  readonly flags: string;
  readonly address: bigint;
  readonly offset: bigint;
  /** Bytes in the file and in a process. */
  readonly fileSize: bigint;
  readonly memorySize: bigint;
  /** Whether it brings memory along: a PT_LOAD, or a section with SHF_ALLOC. */
  readonly loaded: boolean;
}

/** The segments of a binary, in file order. */
export const segmentParts = (binary: Binary): Part[] =>
  binary.segments.map((segment, index) => segmentPart(binary, segment, index));

/** The sections of a binary, in file order. */
export const sectionParts = (binary: Binary): Part[] =>
  binary.sections.map((section, index) => sectionPart(binary, section, index));

/** Those of `parts` that lie on a page of `part`, itself left out. */
export function neighbours(parts: readonly Part[], part: Part, pageSize: number): Part[] {
  const first = firstPage(part, pageSize);
  const last = lastPage(part, pageSize);
  return parts.filter(
    (other) =>
      other.index !== part.index &&
      hasMemory(other) &&
      firstPage(other, pageSize) <= last &&
      lastPage(other, pageSize) >= first,
  );
}

/** Whether a part takes addresses of a process. */
export const hasMemory = ({ loaded, memorySize }: Part): boolean => loaded && memorySize > 0n;

function segmentPart(binary: Binary, segment: Segment, index: number): Part {
  const { address, offset, fileSize, memorySize } = segment;
  const type = segmentTypeName(binary, segment);
  const loaded = segment.type === PT.LOAD;
  const flags = protection(segment);
  return {
    kind: 'segment',
    index,
    name: '',
    type,
    flags,
    address,
    offset,
    fileSize,
    memorySize,
    loaded,
  };
}

function sectionPart(binary: Binary, section: Section, index: number): Part {
  const { name, address, offset, size } = section;
  const inFile = section.type !== SHT.NOBITS;
  // Zeroes of thread-local data (.tbss) have an address on paper only: each thread gets its own.
  const onPaper = !inFile && (section.flags & SHF.TLS) !== 0n;
  const loaded = binary.type !== 'relocatable' && (section.flags & SHF.ALLOC) !== 0n && !onPaper;
  return {
    kind: 'section',
    index,
    name,
    type: sectionTypeName(binary, section),
    flags: sectionFlags(section),
    address,
    offset,
    fileSize: inFile ? size : 0n,
    memorySize: loaded ? size : 0n,
    loaded,
  };
}

const firstPage = (part: Part, pageSize: number) => part.address / BigInt(pageSize);
const lastPage = (part: Part, pageSize: number) =>
  (part.address + part.memorySize - 1n) / BigInt(pageSize);
