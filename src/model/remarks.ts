import * as l10n from '@vscode/l10n';
import type { Machine } from '../binary/binary.js';
import { type Diagnostic, type DiagnosticCode, diagnostic } from '../binary/diagnostic.js';
import { printable } from '../format.js';
import { type CLibrary, isMeasuredOn } from '../system/c-library.js';
import { isGo, isLibrary } from '../system/detect.js';
import { otherGlibc } from './c-library-version.js';
import type { Program } from './program.js';
import type { Subject } from './what-if.js';

/** What people should know of an estimate that was made: what is missing, assumed, left out. */
export function remarksOn(subject: Subject, sureOfCLibrary: boolean): readonly Diagnostic[] {
  const { program, cLibrary, workload } = subject;
  const remarks = missing(program);
  const add = (code: DiagnosticCode, message: string) => remarks.push(diagnostic(code, message));
  if (isLibrary(program.binary)) {
    add(
      'shared-library',
      l10n.t(
        'This is a shared library: programs map it, and no process begins with it. The estimate is of a process that maps it alone; the rows of the library itself are what it adds to a program.',
      ),
    );
  }
  if (!sureOfCLibrary) {
    add(
      'assumed',
      l10n.t(
        'The file does not tell which C library it has; {0}, was assumed.',
        l10n.t(cLibrary.name),
      ),
    );
  }
  if (isGo(program.binary)) {
    add(
      'not-modelled',
      l10n.t('Go’s runtime, with its own heap, stacks and threads, is not modelled.'),
    );
  }
  const measured = measuredElsewhere(subject);
  if (measured) remarks.push(measured);
  if (cLibrary.id === 'none' && workload.heap?.length) {
    add(
      'not-modelled',
      l10n.t('This program has no C library and so no malloc: the heap requests were left out.'),
    );
  }
  return remarks;
}

const missing = ({ binary, missing }: Program): Diagnostic[] =>
  missing.map(({ name, reason }) =>
    diagnostic(
      binary.interpreter?.endsWith(`/${name}`) ? 'interpreter-missing' : 'library-missing',
      l10n.t(
        '{0} is not part of the estimate, so its cost is unknown. {1}',
        printable(name),
        reason,
      ),
    ),
  );

/** The C library's counts are from another machine, or from another version of it. */
function measuredElsewhere({ program, system, cLibrary }: Subject): Diagnostic | undefined {
  if (!isMeasuredOn(cLibrary, system.machine)) {
    return diagnostic('not-modelled', unmeasured(cLibrary, system.machine));
  }
  const glibc = otherGlibc(program, cLibrary);
  return glibc === undefined ? undefined : diagnostic('assumed', glibc);
}

function unmeasured({ name, measuredOn, allocator }: CLibrary, machine: Machine): string {
  const where = [l10n.t(name), String(measuredOn), machine];
  return allocator === 'unknown'
    ? l10n.t(
        '{0}, was measured on {1} only: what it writes itself on {2}, its heap included, is not in the sum.',
        ...where,
      )
    : l10n.t(
        '{0}, was measured on {1} only: what it writes itself on {2} is not in the sum.',
        ...where,
      );
}
