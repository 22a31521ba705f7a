import * as l10n from '@vscode/l10n';
import { type Binary, PT, type Segment } from '../../binary/binary.js';
import { msg } from '../../msg.js';
import { loadSegments } from '../load-segments.js';
import { alignUp, movedSegments } from '../relink.js';
import type { WhatIf } from '../what-if.js';

/** A huge page of x86-64, and of arm64 with pages of 4 KiB. */
const SIZE = 1n << 21n;

/** Dearer, and a default for years: ld for x86-64 had it until binutils 2.31. */
export const maxPageSize2M: WhatIf = {
  id: 'max-page-size-2m',
  title: msg('Segments aligned to 2 MiB'),
  origin: 'today',
  change: msg(
    'Each segment begins at a huge page of its own, so that its code could lie in one; each has page tables of its own, too.',
  ),
  price: msg(
    'Dearer by a table for each segment, unless the file system gives huge pages for code.',
  ),
  nothing: msg('Its segments lie that far apart as it is.'),
  howTo: { text: msg('A flag of the linker.'), snippet: 'gcc -Wl,-z,max-page-size=0x200000' },
  source: msg('ld’s manual, -z max-page-size and DATA_SEGMENT_RELRO_END'),
  excludes: ['no-separate-code'],
  obstacle({ program: { binary }, system }) {
    if (system.addressSpace.kind !== 'linux' || system.geometry.pageSize !== 4096) {
      return l10n.t('Only where pages have 4 KiB, on Linux.');
    }
    return loadSegments(binary).every(({ align }) => align >= SIZE)
      ? l10n.t('They are aligned to 2 MiB as it is.')
      : undefined;
  },
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: aligned(subject.program.binary) },
  }),
};

/** Each segment at the next 2 MiB; of data with RELRO, it is RELRO that ends there, as ld has it. */
function aligned(binary: Binary): Binary {
  const relro = binary.segments.find(({ type }) => type === PT.GNU_RELRO);
  let end = 0n;
  const place = (segment: Segment, index: number): bigint => {
    const { address, memorySize } = segment;
    const next = index === 0 ? address : alignUp(end, SIZE) + (address % 4096n);
    const parted = relro && relro.address >= address && relro.address < address + memorySize;
    const head = parted ? relro.address + relro.memorySize - address : 0n;
    const start = parted && index > 0 ? alignUp(alignUp(end, SIZE) + head, SIZE) - head : next;
    end = start + memorySize;
    return start - address;
  };
  const moved = movedSegments(binary, place);
  const align = (s: Segment): Segment => (s.type === PT.LOAD ? { ...s, align: SIZE } : s);
  return { ...moved, segments: moved.segments.map(align) };
}
