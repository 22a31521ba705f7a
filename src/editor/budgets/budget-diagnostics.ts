import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  l10n,
  Range,
  type Uri,
} from 'vscode';
import type { Place, Problem } from '../../budget/json-text.js';
import type { Judged } from '../../budget/judge.js';
import { printable, printableText } from '../../format.js';
import { type CheckedFile, limitFacts } from '../../report/check-report.js';
import { limitText } from '../../report/check-text.js';
import { sectionsUri } from '../sections-document.js';

/** A limit that is exceeded, or may be, at the start of whatever file. */
export function limitDiagnostic(file: CheckedFile, judged: Judged, explanation: Uri): Diagnostic {
  const facts = limitFacts(judged);
  const severity =
    facts.status === 'over' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
  const message = `${printable(file.file)}: ${limitText(facts, file.aslr)}`;
  const diagnostic = ours(START, message, severity);
  diagnostic.code = { value: facts.kind, target: explanation };
  return diagnostic;
}

/** To a text, for a link always opens an editor of texts: of the program itself, that would show nothing. */
export const sectionsLink = (program: Uri) =>
  new DiagnosticRelatedInformation(
    new Location(sectionsUri(program), START),
    l10n.t('The program’s sections'),
  );

/** What is wrong, at its place where that is known. */
export function problemDiagnostic(
  { field, place, message }: Problem,
  severity: DiagnosticSeverity,
): Diagnostic {
  const text = printableText(field ? `${field}: ${message}` : message);
  return ours(place ? rangeOf(place) : START, text, severity);
}

function ours(range: Range, message: string, severity: DiagnosticSeverity): Diagnostic {
  const diagnostic = new Diagnostic(range, message, severity);
  diagnostic.source = 'Pagecost';
  return diagnostic;
}

const START = new Range(0, 0, 0, 0);

export const rangeOf = ({ line, column, endLine, endColumn }: Place): Range =>
  new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
