import { type Binary, type Segment, SHT } from '../../binary/binary.js';
import { loadSegments } from '../load-segments.js';
import { alignUp } from '../relink.js';

/** The binary with each bss directly behind the data before it, as near as its alignment allows. */
export function mergedBss(binary: Binary): Binary {
  const loads: Segment[] = [];
  for (const segment of loadSegments(binary)) {
    const before = loads.at(-1);
    // Some linkers give the bss a segment of its own.
    if (before && segment.fileSize === 0n && canHold(before, segment)) {
      loads[loads.length - 1] = grown(before, segment, binary);
    } else {
      loads.push(withoutGap(segment, binary));
    }
  }
  const before = loadSegments(binary);
  const others = binary.segments.filter((s) => !before.includes(s));
  // Where the zero-filled sections were no longer says anything.
  const sections = binary.sections.filter((section) => section.type !== SHT.NOBITS);
  return { ...binary, sections, startUpVariables: undefined, segments: [...loads, ...others] };
}

const canHold = (data: Segment, bss: Segment): boolean =>
  data.writable && bss.writable && data.executable === bss.executable;

function grown(data: Segment, bss: Segment, binary: Binary): Segment {
  const begin = alignUp(data.address + data.memorySize, firstBss(bss, binary)?.align ?? 1n);
  return { ...data, memorySize: begin - data.address + bss.memorySize };
}

/** A linker script may align the bss to a page: only section headers tell that nothing is in between. */
function withoutGap(segment: Segment, binary: Binary): Segment {
  const bss = segment.writable ? firstBss(segment, binary) : undefined;
  if (!bss) return segment;
  const gap = bss.address - alignUp(segment.address + segment.fileSize, bss.align);
  return gap > 0n ? { ...segment, memorySize: segment.memorySize - gap } : segment;
}

/** Where the zero-filled sections of a segment begin, and what the first of them is aligned to. */
function firstBss({ address, fileSize, memorySize }: Segment, { sections }: Binary) {
  const begin = address + fileSize;
  const end = address + memorySize;
  let first: { readonly address: bigint; readonly align: bigint } | undefined;
  for (const section of sections) {
    const inside = section.address >= begin && section.address < end;
    if (section.type !== SHT.NOBITS || !inside || section.size === 0n) continue;
    if (!first || section.address < first.address) first = section;
  }
  return first;
}
