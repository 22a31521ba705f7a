import type { Machine } from '../binary/binary.js';
import type { Diagnostic, DiagnosticCode } from '../binary/diagnostic.js';
import { printable } from '../format.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { isGo } from '../system/detect.js';
import { otherGlibc } from './c-library-version.js';
import type { Subject } from './what-if.js';

/** What people should know of an estimate that was made: what is missing, assumed, left out. */
export function remarksOn(
  { program, system: { machine }, cLibrary, workload }: Subject,
  sureOfCLibrary: boolean,
): Diagnostic[] {
  const remarks = program.missing.map(({ name, reason }) =>
    remark(
      program.binary.interpreter?.endsWith(`/${name}`) ? 'interpreter-missing' : 'library-missing',
      `${printable(name)} is not part of the estimate, so its cost is unknown. ${reason}`,
    ),
  );
  if (!sureOfCLibrary) {
    remarks.push(
      remark(
        'assumed',
        `The file does not tell which C library it has; ${cLibrary.name}, was assumed.`,
      ),
    );
  }
  if (isGo(program.binary)) {
    remarks.push(
      remark(
        'not-modelled',
        'Go’s runtime, with its own heap, stacks and threads, is not modelled.',
      ),
    );
  }
  if (!isMeasuredOn(cLibrary, machine)) {
    remarks.push(remark('not-modelled', unmeasured(cLibrary, machine)));
  } else {
    const glibc = otherGlibc(program, cLibrary);
    if (glibc) remarks.push(remark('assumed', glibc));
  }
  if (cLibrary.id === 'none' && workload.heap?.length) {
    remarks.push(
      remark(
        'not-modelled',
        'This program has no C library and so no malloc: the heap requests were left out.',
      ),
    );
  }
  return remarks;
}

function unmeasured({ name, measuredOn, allocator }: CLibrary, machine: Machine): string {
  const heap = allocator === 'unknown' ? ', its heap included,' : '';
  return `${name}, was measured on ${measuredOn} only: what it writes itself on ${machine}${heap} is not in the sum.`;
}

const remark = (code: DiagnosticCode, message: string): Diagnostic => ({
  code,
  offset: undefined,
  message,
});
