import type { VNode } from 'preact';

/** Fills that can be told apart without colour; shapes name them as `url(#…)`. */
export const PatternDefinitions = (): VNode => (
  <svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      <Hatch id="hatch-private" name="private" />
      <Hatch id="hatch-shared" name="shared" />
      <Hatch id="hatch-tables" name="tables" />
      <pattern id="dots-kernel" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="pattern-ground kernel" width="6" height="6" />
        <circle class="pattern-mark kernel" cx="1.5" cy="1.5" r="1.1" />
        <circle class="pattern-mark kernel" cx="4.5" cy="4.5" r="1.1" />
      </pattern>
    </defs>
  </svg>
);

/** Diagonal lines. */
const Hatch = ({ id, name }: { readonly id: string; readonly name: string }): VNode => (
  <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class={`pattern-ground ${name}`} width="4" height="4" />
    <rect class={`pattern-mark ${name}`} width="1.4" height="4" />
  </pattern>
);
