import * as l10n from '@vscode/l10n';
import type { Binary } from '../../binary/binary.js';
import { msg } from '../../msg.js';
import { lastWritable, loadSegments, slackAfterBss } from '../load-segments.js';
import { alignUp } from '../relink.js';
import type { Subject, WhatIf } from '../what-if.js';
import { THREAD } from './thread.js';

export const mallocSlack: WhatIf = {
  id: 'malloc-slack',
  title: msg('malloc begins in the rest of the bss’s last page'),
  origin: 'june-2003',
  change: msg(
    'Requests that fit go between the end of the bss and the end of its page; the heap is opened for the others only.',
  ),
  price: msg(
    'malloc needs another source of memory beside the break, and small blocks of all sizes lie together.',
  ),
  nothing: msg(
    'The heap is opened all the same: for larger requests, or by the C library’s start-up.',
  ),
  howTo: {
    text: msg(
      'musl’s dynamic loader gives malloc the ends of all data pages: link with musl, dynamically.',
    ),
    snippet: 'musl-gcc -O2 -o program program.c',
  },
  get source() {
    return `${l10n.t(THREAD)}; musl ldso/dynlink.c (reclaim_gaps)`;
  },
  excludes: [],
  obstacle: (subject) => {
    const { allocator } = subject.cLibrary;
    const { heap } = subject.workload;
    if (allocator === 'none') return l10n.t('It has no malloc.');
    if (allocator === 'unknown')
      return l10n.t('What its malloc does on this machine is not known.');
    if (allocator === 'musl-dynamic') return l10n.t('Its malloc does so as it is.');
    if (!heap) return l10n.t('Nobody said what it asks malloc for.');
    if (heap.length === 0) return l10n.t('It asks malloc for nothing.');
    return fitted(subject).bytes > 0 ? undefined : l10n.t('No request fits behind its bss.');
  },
  subject: (subject) => {
    const { program, workload } = subject;
    const { bytes, rest } = fitted(subject);
    return {
      ...subject,
      program: { ...program, binary: withMoreBss(program.binary, bytes) },
      workload: { ...workload, heap: rest, bssEndUsed: true },
    };
  },
};

/** Bytes from the end of the bss that requests take, each as soon as it fits; and those left over. */
function fitted({ program: { binary }, system, workload }: Subject) {
  const slack = roomAfterBss(binary, system.geometry.pageSize);
  const last = lastWritable(binary);
  const end = last ? last.address + last.memorySize : 0n;
  const align = BigInt((2 * binary.class) / 8); // two words, as malloc has it
  let bytes = 0;
  const rest: number[] = [];
  for (const size of workload.heap ?? []) {
    const after = Number(alignUp(end + BigInt(bytes), align) - end) + Math.max(1, size);
    if (after <= slack) bytes = after;
    else rest.push(size);
  }
  return { bytes, rest };
}

/** Another segment may begin on the bss's last page. */
function roomAfterBss(binary: Binary, pageSize: number): number {
  const slack = slackAfterBss(binary, pageSize);
  const loads = loadSegments(binary);
  const last = lastWritable(binary);
  const next = last && loads[loads.indexOf(last) + 1];
  if (!last || !next) return slack;
  return Math.max(0, Math.min(slack, Number(next.address - last.address - last.memorySize)));
}

function withMoreBss(binary: Binary, bytes: number): Binary {
  const last = lastWritable(binary);
  const segments = binary.segments.map((s) =>
    s === last ? { ...s, memorySize: s.memorySize + BigInt(bytes) } : s,
  );
  return { ...binary, segments };
}
