import type { VNode } from 'preact';
import { integer, printable } from '../src/format.js';
import type { Cost } from '../src/model/cost.js';
import type { Program } from '../src/model/program.js';
import { C_LIBRARIES } from '../src/system/c-library.js';
import { detectOperatingSystem } from '../src/system/detect.js';
import { systemById } from '../src/system/systems.js';
import { Button } from './controls.js';
import { post } from './host.js';

/** Which program this is, and as what it is taken. */
export function Identity(props: {
  readonly fileName: string;
  readonly program: Program;
  readonly cost: Cost;
  readonly restrictedReason: string | undefined;
  readonly copy: () => void;
}): VNode {
  const { program, cost } = props;
  const { binary, libraries, missing } = program;
  const { because, sure } = detectOperatingSystem(binary);
  const facts = [
    systemById(cost.system)?.name ?? cost.system,
    C_LIBRARIES[cost.cLibrary].name,
    binary.type === 'shared' ? 'position-independent' : 'fixed address',
    libraries.length === 1 ? '1 library' : undefined,
    libraries.length > 1 ? `${integer(libraries.length)} libraries` : undefined,
    missing.length > 0 ? `${integer(missing.length)} not found` : undefined,
  ];
  return (
    <header class="identity">
      <div class="identity-name">
        <h1>{printable(props.fileName)}</h1>
        <div class="actions">
          <Button secondary title="Copy this estimate as text" onClick={props.copy}>
            Copy
          </Button>
          <Button secondary onClick={() => post({ kind: 'openSections' })}>
            Sections
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
        {sure ? 'System detected by' : 'System assumed:'} {because}.
      </p>
      {props.restrictedReason && <p class="notice">{props.restrictedReason}</p>}
    </header>
  );
}
