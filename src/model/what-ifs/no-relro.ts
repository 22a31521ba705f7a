import { type Binary, PT_GNU_RELRO } from '../../binary/binary.js';
import type { CLibrary } from '../../system/c-library.js';
import { loadSegments } from '../object.js';
import { alignUp, movedSegments } from '../relink.js';
import { count } from '../runs.js';
import type { WhatIf } from '../what-if.js';

const PAGE = 4096n;
/** File pages that static glibc's start-up writes where no page boundary parts its data; measured with 2.36. */
const GLIBC_STATIC_FILE_PAGES = 4;

export const noRelro: WhatIf = {
  id: 'no-relro',
  title: 'Without RELRO',
  origin: 'today',
  change: 'Relocated data and other data are not parted at a page boundary, and stay one region.',
  price: 'An attacker who can write to memory can write to addresses of functions, too.',
  nothing: 'Its data needs as many pages either way.',
  howTo: { text: 'A flag of the linker.', snippet: 'gcc -Wl,-z,norelro' },
  source: 'ld’s manual, DATA_SEGMENT_ALIGN and DATA_SEGMENT_RELRO_END',
  excludes: [],
  obstacle: ({ program: { binary } }) =>
    binary.segments.some(({ type }) => type === PT_GNU_RELRO)
      ? undefined
      : 'It has no RELRO as it is.',
  subject: (subject) => ({
    ...subject,
    cLibrary: withoutRelro(subject.cLibrary),
    program: { ...subject.program, binary: unparted(subject.program.binary) },
  }),
};

const withoutRelro = (cLibrary: CLibrary): CLibrary =>
  cLibrary.id === 'glibc-static'
    ? { ...cLibrary, staticFilePages: GLIBC_STATIC_FILE_PAGES }
    : cLibrary;

/**
 * The binary with its data where ld puts it that has no boundary to keep: as far into a page as
 * what comes before it ends in one, unless the data needs a page less from a page's begin on.
 */
function unparted(binary: Binary): Binary {
  const segments = binary.segments.filter(({ type }) => type !== PT_GNU_RELRO);
  const plain = { ...binary, segments };
  const loads = loadSegments(plain);
  const [before, data] = loads.slice(-2);
  if (!before || !data?.writable) return plain;
  const end = before.address + before.memorySize;
  const pages = (from: bigint) => (from + data.memorySize + PAGE - 1n) / PAGE;
  const within = pages(end % PAGE) > pages(0n) ? 0n : end % PAGE;
  const start = alignUp(end, PAGE) + within;
  const moved = (to: bigint) =>
    movedSegments(plain, (load) => (load === data ? to - data.address : 0n));
  const there = moved(start);
  // Which bytes of a page are written is not known: a boundary less does not make it more pages.
  return count(there.relocated) > count(plain.relocated)
    ? moved(start - (start % PAGE) + (data.address % PAGE))
    : there;
}
