import * as l10n from '@vscode/l10n';
import { type Binary, PT } from '../../binary/binary.js';
import { msg } from '../../msg.js';
import { loadSegments } from '../load-segments.js';
import { alignUp, movedSegments } from '../relink.js';
import type { WhatIf } from '../what-if.js';

const PAGE = 4096n;

export const noRelro: WhatIf = {
  id: 'no-relro',
  title: msg('Without RELRO'),
  origin: 'today',
  change: msg(
    'Relocated data and other data are not parted at a page boundary, and stay one region.',
  ),
  price: msg('An attacker who can write to memory can write to addresses of functions, too.'),
  nothing: msg('Its data needs as many pages either way.'),
  howTo: { text: msg('A flag of the linker.'), snippet: 'gcc -Wl,-z,norelro' },
  source: msg('ld’s manual, DATA_SEGMENT_ALIGN and DATA_SEGMENT_RELRO_END'),
  excludes: [],
  obstacle({ program: { binary }, cLibrary }) {
    if (!binary.segments.some(({ type }) => type === PT.GNU_RELRO))
      return l10n.t('It has no RELRO as it is.');
    return !binary.dynamic && cLibrary.staticRelroPages > 0
      ? l10n.t(
          'Which pages start-up of a static glibc writes without it depends on where they come to lie: some builds get dearer.',
        )
      : undefined;
  },
  subject: (subject) => ({
    ...subject,
    program: { ...subject.program, binary: unparted(subject.program.binary) },
  }),
};

/**
 * The binary with its data where ld puts it that has no boundary to keep: as far into a page as
 * what comes before it ends in one, unless the data needs a page less from a page's begin on.
 */
function unparted(binary: Binary): Binary {
  const segments = binary.segments.filter(({ type }) => type !== PT.GNU_RELRO);
  const plain = { ...binary, segments };
  const loads = loadSegments(plain);
  const [before, data] = loads.slice(-2);
  if (!before || !data?.writable) return plain;
  const end = before.address + before.memorySize;
  const pages = (from: bigint) => (from + data.memorySize + PAGE - 1n) / PAGE;
  const within = pages(end % PAGE) > pages(0n) ? 0n : end % PAGE;
  const start = alignUp(end, PAGE) + within;
  return movedSegments(plain, (load) => (load === data ? start - data.address : 0n));
}
