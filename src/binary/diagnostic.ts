/** What a reader could not make sense of. Reading goes on wherever something is left to read. */
export interface Diagnostic {
  /** Stable identifier, for scripts and tests. */
  readonly code: DiagnosticCode;
  /** File offset in bytes of the field or range in question; undefined where no one place is to blame. */
  readonly offset: number | undefined;
  /** For people: what is wrong, in which field, and what follows. */
  readonly message: string;
}

export type DiagnosticCode =
  // The file is not something to estimate.
  | 'empty'
  | 'not-elf'
  | 'truncated'
  | 'bad-header'
  | 'script'
  | 'object-file'
  | 'core-dump'
  | 'kernel-module'
  | 'no-segments'
  | 'unknown-system'
  // Something in it cannot be read; the rest was.
  | 'bad-segment'
  | 'bad-section'
  | 'bad-string'
  | 'bad-dynamic'
  | 'bad-relocations'
  | 'bad-note'
  | 'limit'
  // The program, its libraries and the model.
  | 'library-missing'
  | 'interpreter-missing'
  | 'shared-library'
  | 'kernel-refuses'
  | 'not-readable'
  | 'assumed'
  | 'not-modelled';

/** @param offset undefined where no one place in the file is to blame */
export const diagnostic = (code: DiagnosticCode, message: string, offset?: number): Diagnostic => ({
  code,
  offset,
  message,
});

/** What says that the file ends before all that its headers announce; undefined where nothing does. */
export const cutOff = (diagnostics: readonly Diagnostic[]): Diagnostic | undefined =>
  diagnostics.find(({ code }) => code === 'truncated');

/** Whether it does: linkers write headers first. */
export const isCutOff = (diagnostics: readonly Diagnostic[]): boolean =>
  cutOff(diagnostics) !== undefined;

/** How a reader says what it could not make sense of; then it goes on. */
export type Report = (code: DiagnosticCode, offset: number | undefined, message: string) => void;

/** For a first look at a file: whoever reads it reports what is wrong with it. */
export const unsaid: Report = () => {};
