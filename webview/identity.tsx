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
}): VNode {
  const { program, cost } = props;
  const { binary, libraries, missing } = program;
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
        <Button secondary onClick={() => post({ kind: 'openSections' })}>
          Sections
        </Button>
      </div>
      <p class="facts">
        {facts
          .filter((fact) => fact !== undefined)
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </p>
      <p class="because">System told by {detectOperatingSystem(binary).because}.</p>
      {props.restrictedReason && <p class="notice">{props.restrictedReason}</p>}
    </header>
  );
}
