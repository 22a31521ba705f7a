import type { VNode } from 'preact';
import { PRESETS } from '../src/model/presets.js';
import { Button } from './controls.js';
import { sameIds } from './view-model/what-if-list.js';

const ALL = [...PRESETS, { id: 'none', title: 'None', whatIfs: [] }];

/** What-ifs to choose with one press. */
export const WhatIfPresets = (props: {
  readonly asked: readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}): VNode => (
  <div class="actions presets">
    {ALL.map(({ id, title, whatIfs }) => {
      const pressed = sameIds(whatIfs, props.asked);
      return (
        <Button
          key={id}
          secondary={!pressed}
          pressed={pressed}
          onClick={() => props.choose(whatIfs)}
        >
          {title}
        </Button>
      );
    })}
  </div>
);
