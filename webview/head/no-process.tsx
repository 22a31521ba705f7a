import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { isLoadable, SHT } from '../../src/binary/binary.js';
import type { Diagnostic } from '../../src/binary/diagnostic.js';
import { integer, printable } from '../../src/format.js';
import type { Program } from '../../src/model/program.js';
import type { ToPanel } from '../../src/protocol.js';
import { Button } from '../controls.js';
import { post } from '../host.js';
import { NumberHead } from '../number-head.js';
import { Scroller } from '../scroller.js';
import { DiagnosticList } from './diagnostics.js';

/** Sections listed here; a text view with all of them is one button away. */
const MOST_SECTIONS = 200;

/** A file that could not be read at all: why, and what to do. */
export const Unreadable = (props: {
  readonly message: Extract<ToPanel, { kind: 'unreadable' }>;
}): VNode => (
  <main class="no-process">
    <Reason fileName={props.message.fileName} diagnostics={props.message.diagnostics} />
    {props.message.diagnostics.some(({ code }) => code === 'not-readable') ? (
      <p>{l10n.t('As soon as it can be read, its estimate is here.')}</p>
    ) : (
      <div class="actions">
        <Button onClick={() => post({ kind: 'openHex' })}>{l10n.t('Open in Hex Editor')}</Button>
      </div>
    )}
  </main>
);

/**
 * A file that was read, but of which there is no process: an object file, a program for a system we
 * do not know. `children` is what to try instead where it might be a program.
 */
export function NoProcess(props: {
  readonly message: Extract<ToPanel, { kind: 'program' }>;
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
  readonly children: ComponentChildren;
}): VNode {
  const { sections } = props.program.binary;
  return (
    <main class="no-process">
      <Reason fileName={props.message.fileName} diagnostics={props.diagnostics} />
      {isLoadable(props.program.binary) && <div class="another-system">{props.children}</div>}
      <div class="actions">
        {sections.length > 0 && (
          <Button onClick={() => post({ kind: 'openSections' })}>{l10n.t('Show Sections')}</Button>
        )}
        <Button secondary onClick={() => post({ kind: 'openHex' })}>
          {l10n.t('Open in Hex Editor')}
        </Button>
      </div>
      {sections.length > 0 && <SectionTable program={props.program} />}
    </main>
  );
}

function Reason(props: {
  readonly fileName: string;
  readonly diagnostics: readonly Diagnostic[];
}): VNode {
  const [first, ...others] = props.diagnostics;
  return (
    <header class="reason">
      <p class="muted">{printable(props.fileName)}</p>
      <h1>{l10n.t('No process to estimate')}</h1>
      {first && <DiagnosticList diagnostics={[first]} />}
      {others.length > 0 && <DiagnosticList diagnostics={others} />}
    </header>
  );
}

function SectionTable({ program }: { readonly program: Program }): VNode {
  // The first entry of the table is no section.
  const sections = program.binary.sections.filter(({ type }) => type !== SHT.NULL);
  const hidden = sections.length - MOST_SECTIONS;
  return (
    <section aria-labelledby="sections-title">
      <h2 id="sections-title">{l10n.t('Its sections')}</h2>
      <Scroller label={l10n.t('Sections')}>
        <table class="sections">
          <thead>
            <tr>
              <th scope="col">{l10n.t('Name')}</th>
              <NumberHead>{l10n.t('Offset')}</NumberHead>
              <NumberHead>{l10n.t('Bytes')}</NumberHead>
            </tr>
          </thead>
          <tbody>
            {sections.slice(0, MOST_SECTIONS).map((section, index) => (
              <tr key={index}>
                <th scope="row">{printable(section.name) || l10n.t('(no name)')}</th>
                <td class="number">{`0x${section.offset.toString(16)}`}</td>
                <td class="number">{integer(Number(section.size))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {hidden > 0 && <p class="muted">{l10n.t('and {0} more', integer(hidden))}</p>}
    </section>
  );
}
