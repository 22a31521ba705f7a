import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ComparingState, MeasuringState, PanelState, ToPanel } from '../src/protocol.js';
import { keptBase, withBase } from './builds/kept-base.js';
import { choicesFor } from './conditions/choices.js';
import { Unreadable } from './head/no-process.js';
import { onMessage, post, savedState, saveState } from './host.js';
import type { Goal } from './map/use-goal.js';
import { ProgramView } from './program-view.js';

/** The panel: waits for what the extension host has to say, and keeps the user's choices. */
export function App(): VNode {
  const [message, setMessage] = useState<Extract<ToPanel, { kind: 'program' | 'unreadable' }>>();
  const [measuring, setMeasuring] = useState<MeasuringState>();
  const [comparing, setComparing] = useState<ComparingState>();
  const [goal, setGoal] = useState<Goal>();
  const [choices, setChoices] = useState<PanelState | undefined>(savedState);

  useEffect(() => {
    const stop = onMessage((next) => {
      if (next.kind === 'processes') {
        setChoices((current) => current && { ...current, processes: next.processes });
        return;
      }
      if (next.kind === 'whatIfs') {
        setChoices((current) => current && { ...current, whatIfs: next.whatIfs });
        return;
      }
      if (next.kind === 'goTo' || next.kind === 'goToMeasured') return setGoal(next);
      if (next.kind === 'measuring') return setMeasuring(next.state);
      if (next.kind === 'comparing') return setComparing(next.state);
      // Also of a file that cannot be read yet: a panel without a state is not restored.
      setChoices((current) => choicesFor(next.uri, current, next.defaults));
      setMessage(next);
    });
    post({ kind: 'ready', kept: keptBase(savedState()) });
    return stop;
  }, []);

  const update = useCallback(
    (change: Partial<PanelState>) => setChoices((current) => current && { ...current, ...change }),
    [],
  );

  useEffect(() => {
    // What was saved last stays until the extension host has taken it up.
    if (choices) saveState(comparing ? withBase(choices, comparing.base) : choices);
  }, [choices, comparing]);

  if (message?.kind === 'unreadable') return <Unreadable message={message} />;
  if (message && choices) {
    return (
      <ProgramView
        message={message}
        measuring={measuring}
        comparing={comparing}
        goal={goal}
        choices={choices}
        update={update}
      />
    );
  }
  return (
    <main aria-busy="true">
      <h1 class="waiting">{l10n.t('Reading the binary…')}</h1>
    </main>
  );
}
