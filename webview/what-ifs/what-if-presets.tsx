import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { PRESETS } from '../../src/model/presets.js';
import { msg } from '../../src/msg.js';
import { Button } from '../controls.js';
import { sameIds } from '../view-model/what-if-list.js';

const ALL = [...PRESETS, { id: 'none', title: msg('None'), whatIfs: [] }];

/** What-ifs to choose with one press. */
export function WhatIfPresets(props: {
  readonly asked: readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}): VNode {
  return (
    <fieldset class="condition presets">
      <legend class="field-label">{l10n.t('What if')}</legend>
      <div class="actions">
        {ALL.map(({ id, title, whatIfs }) => {
          const pressed = sameIds(whatIfs, props.asked);
          return (
            <Button
              key={id}
              secondary={!pressed}
              pressed={pressed}
              onClick={() => props.choose(whatIfs)}
            >
              {l10n.t(title)}
            </Button>
          );
        })}
        <a class="all-what-ifs" href="#what-ifs-title">
          {l10n.t('One by one')}
        </a>
      </div>
    </fieldset>
  );
}
