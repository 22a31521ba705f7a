import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PITCH } from '../view-model/cell-shapes.js';

const FEWEST = 4;
const MOST = 64;

/** An element to measure, and how many cells fit beside each other into it. */
export function useColumns(): [RefObject<HTMLElement | null>, number] {
  const measured = useRef<HTMLElement>(null);
  const [columns, setColumns] = useState(16);
  useEffect(() => {
    const element = measured.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const fit = Math.floor(element.clientWidth / PITCH);
      setColumns(Math.min(MOST, Math.max(FEWEST, fit)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [measured, columns];
}
