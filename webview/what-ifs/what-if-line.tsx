import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { exactBytes, printableText } from '../../src/format.js';
import type { Saving } from '../../src/model/savings.js';
import type { WhatIf } from '../../src/model/what-if.js';
import { Checkbox } from '../controls.js';
import { Expander } from '../ledger/ledger-row.js';
import { totalSaving } from '../view-model/what-if-list.js';
import { ORIGIN_WORDS, savedInBrief, savingInWords } from '../view-model/what-if-words.js';
import { WhatIfDetails } from './what-if-details.js';

/** One what-if: its switch, what it alone saves and, opened, all there is to say about it. */
export function WhatIfLine(props: {
  readonly saving: Saving;
  readonly processes: number;
  /** Whether it is in effect. */
  readonly on: boolean;
  /** Whether it was asked for. One that alone cannot be had, can be with others. */
  readonly asked: boolean;
  /** What is chosen and cannot be had together with it. */
  readonly rival: WhatIf | undefined;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly onSwitch: () => void;
}): VNode {
  const { saving, processes, on, asked, rival, open } = props;
  const { whatIf, obstacle } = saving;
  const title = l10n.t(whatIf.title);
  const origin = ORIGIN_WORDS[whatIf.origin];
  const reason = rival && l10n.t('Not together with “{0}”.', l10n.t(rival.title));
  const words = obstacle === undefined ? savingInWords(saving, processes) : printableText(obstacle);
  return (
    <li class={on ? 'what-if on' : 'what-if'}>
      <div class="what-if-name">
        <Checkbox
          checked={on || (obstacle !== undefined && asked)}
          disabled={rival !== undefined}
          onChange={props.onSwitch}
        >
          {title}
          <span class="visually-hidden">
            : {words} {reason}
          </span>
        </Checkbox>
        {reason && (
          <span class="rival" title={reason} aria-hidden="true">
            {reason}
          </span>
        )}
        <Expander open={open} toggle={props.toggle}>
          <span class="origin" title={l10n.t(origin.meaning)}>
            {l10n.t(origin.mark)}
          </span>
          <span class="visually-hidden">: {l10n.t('about “{0}”', title)}</span>
        </Expander>
      </div>
      {obstacle === undefined ? (
        <>
          <Saved bytes={saving.perProcess} atMost={saving.atMost} />
          <Saved bytes={totalSaving(saving, processes)} atMost={saving.atMost} />
        </>
      ) : (
        <p class="obstacle" aria-hidden="true">
          {words}
        </p>
      )}
      {open && <WhatIfDetails saving={saving} />}
    </li>
  );
}

/** An amount saved. It is part of the switch's name as well. */
const Saved = (props: { readonly bytes: number; readonly atMost: boolean | undefined }): VNode => (
  <span
    class={props.bytes > 0 ? 'saved' : 'saved muted'}
    title={exactBytes(Math.abs(props.bytes))}
    aria-hidden="true"
  >
    {savedInBrief(props.bytes, props.atMost)}
  </span>
);
