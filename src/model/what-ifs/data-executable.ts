import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../../binary/binary.js';
import { PAGE_SET_BYTES } from '../../binary/page-set.js';
import { msg } from '../../msg.js';
import { lastWritable, loadSegments } from '../load-segments.js';
import { coarsen, intersect, type Runs, shift, union } from '../runs.js';
import type { WhatIf } from '../what-if.js';
import { THREAD } from './thread.js';

export const dataExecutable: WhatIf = {
  id: 'data-executable',
  title: msg('Code and data in one segment'),
  origin: 'june-2003',
  change: msg(
    'One segment that can be read, written and executed, without gaps between code and data.',
  ),
  price: msg(
    'Whoever can write to the program’s data can write code; RELRO is gone. A page with both code and data is private. Some kernels and C libraries refuse such a program.',
  ),
  nothing: msg('The pages it writes are as many; what is saved is shared, and a region or two.'),
  howTo: {
    text: msg(
      'GNU ld makes such a file, without its program headers in memory: for a program without a C library, since those of glibc and musl look for them.',
    ),
    snippet: 'gcc -static -nostdlib -Wl,--omagic -o program program.c',
  },
  get source() {
    return l10n.t('{0}; GNU ld manual, --omagic', l10n.t(THREAD));
  },
  excludes: ['data-beside-stack', 'one-page'],
  obstacle: ({ program: { binary } }) => {
    if (!lastWritable(binary)) return l10n.t('It has no segment that can be written.');
    return loadSegments(binary).length === 1 ? l10n.t('It has one segment as it is.') : undefined;
  },
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: oneSegment(subject.program.binary) },
  }),
};

/** All that is in the file, then all bss, from the first byte on. */
function oneSegment(binary: Binary): Binary {
  const loads = loadSegments(binary);
  const [first] = loads;
  if (!first) return binary;
  const moves: Move[] = [];
  let end = first.address;
  let bss = 0n;
  for (const segment of loads) {
    moves.push({ segment, by: end - segment.address });
    end += segment.fileSize;
    bss += segment.memorySize - segment.fileSize;
  }
  const pages = (set: Runs): Runs => union(...moves.map((move) => movedPages(set, move)));
  const fileSize = end - first.address;
  const all = { writable: true, executable: true, fileSize, memorySize: fileSize + bss };
  const others = binary.segments.filter((s) => s.type !== PT.LOAD && s.type !== PT.GNU_RELRO);
  return {
    ...binary,
    startUpVariables: undefined, // their places are the old ones
    segments: [{ ...first, ...all }, ...others],
    relocated: pages(binary.relocated),
    relocatedWhenFixed: pages(binary.relocatedWhenFixed),
    dynamic: binary.dynamic && { ...binary.dynamic, address: moved(binary.dynamic.address, moves) },
  };
}

interface Move {
  readonly segment: Segment;
  readonly by: bigint;
}

/**
 * Pages of a segment with relocation targets, when it has moved: which bytes of a page they are is not
 * known, so a run of pages that no longer begins on a page counts one more.
 */
function movedPages(pages: Runs, { segment, by }: Move): Runs {
  // From the segment's first page on, where bytes are exact in a double.
  const origin = Number(segment.address / BigInt(PAGE_SET_BYTES));
  const from = Number(segment.address % BigInt(PAGE_SET_BYTES));
  const bytes = shift(pages, -origin).map((page) => page * PAGE_SET_BYTES);
  const own = intersect(bytes, [from, from + Number(segment.fileSize)]);
  const target = segment.address + by;
  const to = Number(target % BigInt(PAGE_SET_BYTES)) - from;
  return shift(coarsen(shift(own, to), PAGE_SET_BYTES), Number(target / BigInt(PAGE_SET_BYTES)));
}

function moved(address: bigint, moves: readonly Move[]): bigint {
  const move = moves.find(
    ({ segment: s }) => address >= s.address && address < s.address + s.fileSize,
  );
  return address + (move?.by ?? 0n);
}
