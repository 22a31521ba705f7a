import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Quality } from '../../src/model/cost.js';
import { QUALITY_WORDS } from '../view-model/words.js';

/** How far to trust a number: a sign and a word. */
export const QualityMark = ({ quality }: { readonly quality: Quality }): VNode => {
  const { sign, ...texts } = QUALITY_WORDS[quality];
  const word = l10n.t(texts.word);
  return (
    <span class="quality" title={`${word}: ${l10n.t(texts.meaning)}`}>
      <span class="quality-sign" aria-hidden="true">
        {sign}
      </span>
      <span class="quality-word">{word}</span>
    </span>
  );
};
