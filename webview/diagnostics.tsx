import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Diagnostic } from '../src/binary/diagnostic.js';
import { hex, printableText } from '../src/format.js';
import { inSentence } from './in-sentence.js';

/** What could not be read or modelled, each with its code and place in the file. */
export function Diagnostics(props: { readonly diagnostics: readonly Diagnostic[] }): VNode | null {
  if (props.diagnostics.length === 0) return null;
  return (
    <section class="diagnostics" aria-labelledby="diagnostics-title">
      <h2 id="diagnostics-title">{l10n.t('Notes on the file')}</h2>
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
