import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Lets a wide table scroll by itself, so that the panel never does; with the keyboard, too. */
export function Scroller(props: {
  readonly label: string;
  readonly children: ComponentChildren;
}): VNode {
  const element = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setScrolls(current.scrollWidth > current.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={element}
      class="table-scroller"
      aria-label={props.label}
      tabIndex={scrolls ? 0 : undefined}
    >
      {props.children}
    </section>
  );
}
