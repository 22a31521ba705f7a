import type { Diagnostic, DiagnosticCode } from '../binary/diagnostic.js';
import { printable } from '../format.js';
import { C_LIBRARIES } from '../system/c-library.js';
import { isGo } from '../system/detect.js';
import type { Cost } from './cost.js';
import type { Program } from './program.js';
import type { Workload } from './workload.js';

/** What people should know of an estimate that was made: what is missing, assumed, left out. */
export function remarksOn(
  program: Program,
  { cLibrary }: Cost,
  sureOfCLibrary: boolean,
  { workload }: { readonly workload: Workload },
): Diagnostic[] {
  const remarks = program.missing.map(({ name, reason }) =>
    remark(
      program.binary.interpreter?.endsWith(`/${name}`) ? 'interpreter-missing' : 'library-missing',
      `${printable(name)} is not part of the estimate, so its cost is unknown. ${reason}`,
    ),
  );
  if (!sureOfCLibrary) {
    const { name } = C_LIBRARIES[cLibrary];
    remarks.push(
      remark('assumed', `Nothing in the file names its C library; ${name} was assumed.`),
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
  if (cLibrary === 'none' && workload.heap?.length) {
    remarks.push(
      remark(
        'not-modelled',
        'This program has no C library and so no malloc: the heap requests were left out.',
      ),
    );
  }
  return remarks;
}

const remark = (code: DiagnosticCode, message: string): Diagnostic => ({
  code,
  offset: undefined,
  message,
});
