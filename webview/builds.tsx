import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { printableText } from '../src/format.js';
import type { Cost } from '../src/model/cost.js';
import type { Conditions } from '../src/model/estimate.js';
import type { Program } from '../src/model/program.js';
import { type Base, type ComparingState, decodeProgram } from '../src/protocol.js';
import { pathNote } from '../src/report/change-words.js';
import { BuildTable } from './build-table.js';
import { Button } from './controls.js';
import { post } from './host.js';
import {
  baseInWords,
  differenceInBrief,
  sumInWords,
  timeInWords,
} from './view-model/build-words.js';
import {
  compareBuilds,
  type Prediction,
  predict,
  type TwoBuilds,
} from './view-model/two-builds.js';

interface Shown {
  readonly program: Program;
  /** Without what-ifs. */
  readonly cost: Cost;
  readonly conditions: Conditions;
  /** Those asked for. */
  readonly whatIfs: readonly string[];
  readonly restrictedReason: string | undefined;
  readonly processes: number;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** How the program differs from an earlier build of it, or from another, and how to compare. */
export function Builds(props: Shown & { readonly comparing: ComparingState }): VNode {
  const { base, pinned } = props.comparing;
  return (
    <section class="builds-section" aria-labelledby="builds-title">
      <h2 id="builds-title">{base ? `Compared with ${baseInWords(base)}` : 'Compare builds'}</h2>
      {base ? (
        <Against {...props} base={base} />
      ) : (
        <p class="subtitle" role="status">
          Build the program again, and what that changes is shown here.
          {pinned !== undefined && ` The build of ${timeInWords(pinned)} is kept for that.`}
        </p>
      )}
      <div class="actions">
        <Button
          secondary
          title="Choose another binary, or the version at git HEAD"
          onClick={() => post({ kind: 'compareWith' })}
        >
          Compare With…
        </Button>
        {base && (
          <Button
            secondary
            title="Compare later builds with the one of now"
            onClick={() => post({ kind: 'pinBuild' })}
          >
            Pin This Build
          </Button>
        )}
      </div>
    </section>
  );
}

function Against(props: Shown & { readonly base: Base }): VNode {
  const { program, cost, conditions, whatIfs, base } = props;
  const before = useMemo(() => decodeProgram(base.program), [base]);
  const both = useMemo(
    () => compareBuilds(before, { program, cost }, conditions),
    [before, program, cost, conditions],
  );
  const prediction = useMemo(
    () => (both.ok ? predict(before, both.before, conditions, whatIfs) : undefined),
    [both, before, conditions, whatIfs],
  );
  if (!both.ok) {
    return (
      <p class="notice" role="status">
        {printableText(both.problem)}
      </p>
    );
  }
  const notes = [
    base.restrictedReason === props.restrictedReason ? undefined : base.restrictedReason,
    pathNote(both.difference.rows, before.path, program.path),
    whatIfs.length > 0 ? 'Both are compared as they are, without what-ifs.' : undefined,
  ].filter((note) => note !== undefined);
  return (
    <>
      <p class="builds-brief" role="status">
        {base.kind === 'build' ? 'Since then' : 'Beside it'}:{' '}
        <b>{differenceInBrief(both.difference, props.processes)}</b>
      </p>
      {prediction && <Predicted prediction={prediction} both={both} />}
      <BuildTable {...props} difference={both.difference} />
      {notes.length > 0 && (
        <ul class="remarks">
          {notes.map((note) => (
            <li key={note}>{printableText(note)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What the what-ifs promised of the build before, and what the new one brought. */
const Predicted = (props: {
  readonly prediction: Prediction;
  readonly both: Extract<TwoBuilds, { ok: true }>;
}): VNode => {
  const { whatIfs, perProcess } = props.prediction;
  return (
    <p class="builds-predicted">
      What if {whatIfs.join(', ')}: predicted <b>{sumInWords(perProcess)}</b> per process, actual{' '}
      <b>{sumInWords(props.both.difference.perProcess)}</b>.
    </p>
  );
};
