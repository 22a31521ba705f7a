import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Diagnostic } from '../../src/binary/diagnostic.js';
import { hex, integer, printableText } from '../../src/format.js';
import { inSentence } from '../in-sentence.js';

const TITLE = 'diagnostics-title';

/** The first of them at the top, where the figures are: below all of them nobody looks for what is wrong. */
export function DiagnosticInBrief(props: {
  readonly diagnostics: readonly Diagnostic[];
}): VNode | null {
  const [first] = props.diagnostics;
  if (!first) return null;
  const count = props.diagnostics.length;
  return (
    <p class={first.code === 'assumed' ? 'because' : 'notice'}>
      {printableText(first.message)}{' '}
      {count > 1 && (
        <button type="button" class="link" onClick={() => document.getElementById(TITLE)?.focus()}>
          {l10n.t('All {0} notes', integer(count))}
        </button>
      )}
    </p>
  );
}

/** What could not be read or modelled, each with its code and place in the file. */
export function Diagnostics(props: { readonly diagnostics: readonly Diagnostic[] }): VNode | null {
  if (props.diagnostics.length === 0) return null;
  return (
    <section class="diagnostics" aria-labelledby={TITLE}>
      <h2 id={TITLE} tabIndex={-1}>
        {l10n.t('Notes on the file')}
      </h2>
      <DiagnosticList diagnostics={props.diagnostics} />
    </section>
  );
}

/** The notes themselves. */
export const DiagnosticList = (props: { readonly diagnostics: readonly Diagnostic[] }): VNode => (
  <ul class="diagnostic-list">
    {props.diagnostics.map((diagnostic, index) => (
      <li key={index}>
        <p>{printableText(diagnostic.message)}</p>
        <p class="muted">
          {diagnostic.offset === undefined ? (
            <code>{diagnostic.code}</code>
          ) : (
            inSentence(
              l10n.t('{0} at offset {1}'),
              <code>{diagnostic.code}</code>,
              hex(diagnostic.offset),
            )
          )}
        </p>
      </li>
    ))}
  </ul>
);
