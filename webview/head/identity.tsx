import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Diagnostic } from '../../src/binary/diagnostic.js';
import { counted, integer, printable } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import type { Program } from '../../src/model/program.js';
import { msg } from '../../src/msg.js';
import { C_LIBRARIES } from '../../src/system/c-library.js';
import { detectOperatingSystem, isLibrary } from '../../src/system/detect.js';
import { systemById } from '../../src/system/systems.js';
import { Button } from '../controls.js';
import { post } from '../host.js';
import { DiagnosticInBrief } from './diagnostics.js';

/** Which program this is, and as what it is taken, without what-ifs: its libraries are those it has. */
export function Identity(props: {
  readonly fileName: string;
  readonly program: Program;
  readonly cost: Cost;
  readonly diagnostics: readonly Diagnostic[];
  readonly whyNoLibraries: string | undefined;
  readonly copy: () => void;
}): VNode {
  const { program, cost } = props;
  const { binary, libraries, missing } = program;
  const { because, sure } = detectOperatingSystem(binary);
  const system = systemById(cost.system)?.name ?? cost.system;
  const facts = [
    l10n.t(system),
    ...(isLibrary(binary)
      ? [l10n.t('shared library')]
      : [
          l10n.t(C_LIBRARIES[cost.cLibrary].name),
          binary.type === 'shared' ? l10n.t('position-independent') : l10n.t('fixed address'),
        ]),
    libraries.length > 0
      ? counted(libraries.length, msg('{0} library'), msg('{0} libraries'))
      : undefined,
    missing.length > 0 ? l10n.t('{0} not found', integer(missing.length)) : undefined,
  ];
  return (
    <header class="identity">
      <div class="identity-name">
        <h1>{printable(props.fileName)}</h1>
        <div class="actions">
          <Button secondary title={l10n.t('Copy this estimate as text')} onClick={props.copy}>
            {l10n.t('Copy')}
          </Button>
          <Button secondary onClick={() => post({ kind: 'openSections' })}>
            {l10n.t('Sections')}
          </Button>
        </div>
      </div>
      <p class="facts">
        {facts
          .filter((fact) => fact !== undefined)
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </p>
      <p class="because">
        {sure
          ? l10n.t('System detected by {0}.', because)
          : l10n.t('System assumed: {0}.', because)}
      </p>
      <DiagnosticInBrief diagnostics={props.diagnostics} />
      {props.whyNoLibraries && <p class="notice">{props.whyNoLibraries}</p>}
    </header>
  );
}
