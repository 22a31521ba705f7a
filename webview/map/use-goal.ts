import { useEffect } from 'preact/hooks';
import type { ToPanel } from '../../src/protocol.js';

/** What the user asked to be shown. */
export type Goal = Extract<ToPanel, { kind: 'goTo' | 'goToMeasured' }>;

const reached = new WeakSet<Goal>();

/**
 * Goes to a goal once, after something was drawn.
 * @param go returns whether the goal is done with; if not, it is called again after the next drawing
 */
export function useGoal(goal: Goal | undefined, go: (goal: Goal) => boolean): void {
  useEffect(() => {
    if (goal && !reached.has(goal) && go(goal)) reached.add(goal);
  });
}
