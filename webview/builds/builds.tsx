import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { printableText, timeOrDay } from '../../src/format.js';
import { totalDifference } from '../../src/model/cost-difference.js';
import type { Program } from '../../src/model/program.js';
import type { ComparingState } from '../../src/protocol.js';
import { pathNote } from '../../src/report/change-words.js';
import { eitherNote } from '../../src/report/may-be.js';
import { Button } from '../controls.js';
import { post } from '../host.js';
import { inSentence } from '../in-sentence.js';
import {
  changeInBrief,
  comparedWith,
  sidesOf,
  sinceInBrief,
  sumInWords,
  totalInBrief,
} from '../view-model/build-words.js';
import { whatIfTitle } from '../view-model/what-if-words.js';
import { BuildTable } from './build-table.js';
import type { Compared } from './use-builds.js';

const TITLE = 'builds-title';

interface Shown {
  readonly compared: Compared | undefined;
  readonly program: Program;
  /** Whether what-ifs are chosen. */
  readonly withWhatIfs: boolean;
  readonly whyNoLibraries: string | undefined;
  readonly processes: number;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** How the program differs from an earlier build of it, or from another, and how to compare. */
export function Builds(props: Shown & { readonly comparing: ComparingState }): VNode {
  const { comparing, compared, processes } = props;
  const both = compared?.both;
  return (
    <section class="builds-section" aria-labelledby={TITLE}>
      <h2 id={TITLE} tabIndex={-1}>
        {compared ? comparedWith(compared.base) : l10n.t('Compare builds')}
      </h2>
      <p class={compared ? 'builds-brief' : 'subtitle'}>
        <span role="status">
          <Outcome comparing={comparing} compared={compared} />
        </span>
        {both?.ok && totalInBrief(both.difference, processes)}
      </p>
      {compared && both?.ok && (
        <>
          <Predicted compared={compared} />
          <BuildTable {...props} difference={both.difference} sides={sidesOf(compared.base)} />
          <Notes {...props} compared={compared} />
        </>
      )}
      <div class="actions">
        <Button
          secondary
          title={l10n.t('Choose another binary, or the version at git HEAD')}
          onClick={() => post({ kind: 'compareWith' })}
        >
          {l10n.t('Compare With…')}
        </Button>
        {compared && (
          <Button
            secondary
            title={l10n.t('Compare later builds with the one of now')}
            onClick={() => post({ kind: 'pinBuild' })}
          >
            {l10n.t('Pin This Build')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The same in a line at the top of the panel, where a rebuild is noticed, and what was asked for is looked for. */
export function BuildsInBrief(props: {
  readonly compared: Compared | undefined;
  readonly processes: number;
}): VNode | null {
  const { compared, processes } = props;
  if (!compared) return null;
  const { base, both } = compared;
  if (!both.ok) return <p class="builds-brief">{printableText(both.problem)}</p>;
  return (
    <p class="builds-brief">
      {sinceInBrief(base, changeInBrief(both.difference))}
      {totalInBrief(both.difference, processes)}{' '}
      <button type="button" class="link" onClick={() => document.getElementById(TITLE)?.focus()}>
        {l10n.t('Row by row')}
      </button>
    </p>
  );
}

/** What is said when it changes; not whenever there are more or fewer processes. */
function Outcome(props: Pick<Shown, 'compared'> & { readonly comparing: ComparingState }): VNode {
  const { compared, comparing } = props;
  if (!compared) {
    const { pinned } = comparing;
    return (
      <>
        {l10n.t('Build the program again, and what that changes is shown here.')}
        {pinned !== undefined &&
          ` ${l10n.t('The build as of {0} is kept for that.', timeOrDay(pinned))}`}
      </>
    );
  }
  const { base, both } = compared;
  if (!both.ok) return <>{printableText(both.problem)}</>;
  return (
    <>
      {inSentence(
        base.kind === 'build' ? l10n.t('Since then: {0}') : l10n.t('Beside it: {0}'),
        <b>{changeInBrief(both.difference)}</b>,
      )}
    </>
  );
}

/** What the what-ifs promised of the build before, and what the new one brought. */
function Predicted({
  compared: { prediction, both },
}: {
  readonly compared: Compared;
}): VNode | null {
  if (!prediction || !both.ok) return null;
  return (
    <p class="builds-predicted">
      {inSentence(
        l10n.t('{0}: predicted {1} per process, actual {2}.'),
        prediction.whatIfs.map(whatIfTitle).join(' · '),
        <b>{sumInWords(prediction.perProcess)}</b>,
        <b>{sumInWords(both.difference.perProcess)}</b>,
      )}
    </p>
  );
}

/** What else is part of the difference, or is not. */
function Notes(props: Shown & { readonly compared: Compared }): VNode | null {
  const { compared, program, whyNoLibraries, withWhatIfs } = props;
  const { base, before, both } = compared;
  const notes = [
    base.whyNoLibraries === whyNoLibraries ? undefined : base.whyNoLibraries,
    both.ok ? eitherNote(totalDifference(both.difference, 1)) : undefined,
    both.ok ? pathNote(both.difference.rows, before.path, program.path) : undefined,
    withWhatIfs ? l10n.t('Both are compared as they are, without what-ifs.') : undefined,
  ].filter((note) => note !== undefined);
  if (notes.length === 0) return null;
  return (
    <ul class="remarks">
      {notes.map((note) => (
        <li key={note}>{printableText(note)}</li>
      ))}
    </ul>
  );
}
