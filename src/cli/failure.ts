import { printable, printableText } from '../format.js';
import type { RefusalReport } from '../report/report.js';
import { noteOf } from '../report/text.js';

/** What was asked for could not be done. */
const FAILED = 1;

/** Says why to the standard error. The command goes on, to end with 1 unless a signal has said otherwise. */
export function fail(why: string) {
  process.exitCode ??= FAILED;
  process.stderr.write(`pagecost: ${printableText(why)}\n`);
}

/** The same of a file that no process can be made of. */
export function failFor({ program, diagnostics }: RefusalReport) {
  for (const diagnostic of diagnostics) fail(`${printable(program.path)}: ${noteOf(diagnostic)}`);
}
