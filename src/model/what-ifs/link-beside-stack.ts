import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { pagesPerTable } from '../../system/geometry.js';
import { loadSegments } from '../load-segments.js';
import type { Placed } from '../mapping.js';
import { asOnePart, type Process } from '../process.js';
import { atFixedAddresses, movedTo } from '../relink.js';
import type { Subject, WhatIf } from '../what-if.js';

/** In the 2 MiB that the stack of x86-64 ends in where nothing is randomised. */
const START = 0x7fffffe40000n;
/** stack_guard_gap, mm/mmap.c: a stack does not grow closer to what lies below it. */
const GUARD_PAGES = 256;

export const linkBesideStack: WhatIf = {
  id: 'link-beside-stack',
  title: msg('Linked beside the stack'),
  origin: 'today',
  change: msg(
    'The whole program lies in the 2 MiB where its stack is, without randomisation: one set of page tables for both.',
  ),
  price: msg(
    'Nothing is randomised; the stack has half a megabyte to grow in, and a program that overlaps it is killed when it starts.',
  ),
  nothing: msg('Its tables are as many.'),
  howTo: {
    text: msg(
      'Static, with musl or without a C library, whose missing functions nothing calls (two of musl’s start files need an address for them). Code for any address, since that one is beyond 2 GiB.',
    ),
    snippet:
      'musl-gcc -O2 -fPIE -static -no-pie program.c -o program \\\n' +
      '  -Wl,--no-relax,--defsym=_DYNAMIC=_start,--defsym=__cxa_finalize=_fini \\\n' +
      '  -Wl,-Ttext-segment=0x7fffffe40000\n' +
      'setarch -R ./program',
  },
  source: msg(
    'Linux fs/binfmt_elf.c, mm/mmap.c (stack_guard_gap); built and run, see docs/accuracy.md',
  ),
  excludes: ['max-page-size-2m', 'pages-16k', 'pages-64k'],
  obstacle,
  subject: (subject) => ({
    ...subject,
    aslr: false,
    program: {
      ...subject.program,
      binary: movedTo(atFixedAddresses(subject.program.binary), START),
    },
  }),
  layout: heapElsewhere,
};

function obstacle({ program: { binary }, system, cLibrary, workload }: Subject) {
  const { addressSpace, machine, geometry } = system;
  if (addressSpace.kind !== 'linux' || machine !== 'x86-64')
    return l10n.t('Tried on Linux, x86-64, only.');
  if (binary.interpreter !== undefined) return l10n.t('Only a static program can lie there.');
  if (cLibrary.id === 'glibc-static') {
    return l10n.t(
      'glibc, linked statically, calls functions that may be missing, at address 0: from so far up they cannot be reached. With musl it can be had.',
    );
  }
  const loads = loadSegments(binary);
  const [first, last] = [loads[0], loads.at(-1)];
  if (!first || !last) return undefined;
  const page = BigInt(geometry.pageSize);
  const pages = Number((last.address + last.memorySize + page - 1n) / page - first.address / page);
  const stack = Math.max(addressSpace.stackPages, Math.ceil(workload.stackBytes / Number(page)));
  const room = addressSpace.taskEnd - Number(START / page) - GUARD_PAGES - stack;
  return pages > room
    ? l10n.t('It has {0} pages, and there is room for {1}.', pages, Math.max(0, room))
    : undefined;
}

/** musl's malloc without free() moves no break near a stack; it maps (src/malloc/lite_malloc.c). */
function heapElsewhere(process: Process, { program, cLibrary, system }: Subject): Process {
  if (cLibrary.id !== 'musl-static' || program.binary.linksFree !== false) return process;
  const part = asOnePart(process, pagesPerTable(system.geometry), (placed) => {
    const heap = placed.find(isOf('heap'));
    if (!heap) return placed;
    const mapped = placed.filter((p) => isOf('vdso')(p) || isOf('allocator')(p));
    const lowest = Math.min(...mapped.map(({ base }) => base));
    const base = lowest - heap.block.pages;
    return placed.map((p) => (p === heap ? { ...heap, base } : p));
  });
  return { ...process, parts: [part] };
}

const isOf =
  (kind: string) =>
  ({ block }: Placed): boolean =>
    block.mappings.some((m) => m.kind === kind);
