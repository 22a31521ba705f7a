import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const TIMING: KeyframeAnimationOptions = { duration: 320, easing: 'ease-in-out' };

/**
 * Makes an element's children move to their new places, and new ones appear, when `value` becomes
 * another. A child is the same while its key is. Those who want less motion see none.
 */
export function useMoves(value: unknown): RefObject<HTMLDivElement | null> {
  const parent = useRef<HTMLDivElement>(null);
  const shown = useRef(value);
  const before = useRef<ReadonlyMap<Element, number>>(new Map());
  if (shown.current !== value) {
    shown.current = value;
    // The elements still are where they were: this is before they are changed.
    before.current = new Map(childrenOf(parent).map((child) => [child, child.offsetTop]));
  }
  useLayoutEffect(() => {
    const tops = before.current;
    if (tops.size === 0 || wantsLessMotion()) return;
    const children = childrenOf(parent);
    const moves = children.map((child) => (tops.get(child) ?? Number.NaN) - child.offsetTop);
    for (const [index, child] of children.entries()) {
      const by = moves[index] as number;
      if (Number.isNaN(by)) child.animate({ opacity: [0, 1] }, TIMING);
      else if (by !== 0) child.animate({ transform: [`translateY(${by}px)`, 'none'] }, TIMING);
    }
  }, [value]);
  return parent;
}

const childrenOf = (parent: RefObject<HTMLDivElement | null>): readonly HTMLElement[] =>
  [...(parent.current?.children ?? [])] as HTMLElement[];

const wantsLessMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ||
  document.body.classList.contains('vscode-reduce-motion');
