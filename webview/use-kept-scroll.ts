import { useEffect } from 'preact/hooks';
import type { PanelState } from '../src/protocol.js';

/**
 * Keeps how far the page is scrolled down: a panel is made anew when the window is reloaded, and when its
 * tab comes to the front again.
 * @param isDrawn whether all of the page is there, for before it may be too short
 */
export function useKeptScroll(
  { scrollTop }: PanelState,
  isDrawn: boolean,
  update: (change: Partial<PanelState>) => void,
): void {
  // Not whenever it is scrolled, and not where something else was gone to meanwhile. An effect comes after
  // the frame in which the toolkit's controls get their size.
  useEffect(() => {
    if (isDrawn && scrollTop !== undefined && window.scrollY === 0) window.scrollTo(0, scrollTop);
  }, [isDrawn]);
  useEffect(() => {
    if (!isDrawn) return;
    const ended = () => update({ scrollTop: window.scrollY });
    document.addEventListener('scrollend', ended);
    return () => document.removeEventListener('scrollend', ended);
  }, [isDrawn, update]);
}
