import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, exactBytes, printable, printableText } from '../../src/format.js';
import type { ComparedRow } from '../../src/model/comparison.js';
import type { Runs } from '../../src/model/runs.js';
import { Amount } from '../ledger/ledger-row.js';
import { Places } from '../ledger/places.js';
import { QualityMark } from '../ledger/quality.js';
import { type Agreement, agreementOf, type SideBySide } from '../view-model/compared-sections.js';
import { differenceInWords } from '../view-model/compared-words.js';
import { withoutObject } from '../view-model/words.js';

/** Places that are shown where a row differs. */
const MOST_PLACES = 4;

/** One line of a comparison and, where it differs, why. */
export function MeasuredRow(props: {
  readonly row: ComparedRow;
  readonly nested: boolean;
  readonly pageSize: number;
}): VNode {
  const { row, nested, pageSize } = props;
  const { label, object, predicted, measured, why, unpredicted, unwritten } = row;
  const agreement = agreementOf(row, pageSize);
  return (
    <>
      <tr class={`${nested ? 'line nested' : 'line'} ${agreement}`}>
        <th scope="row">
          {printable(nested ? withoutObject(label, object) : label)}
          {object !== undefined && !nested && !label.includes(object) && (
            <span class="muted"> {printable(object)}</span>
          )}
        </th>
        {row.quality === undefined ? (
          <MeasuredAmount bytes={predicted} />
        ) : (
          <Amount bytes={predicted} range={row.range} />
        )}
        <td>{row.quality && <QualityMark quality={row.quality} />}</td>
        <MeasuredAmount bytes={measured} />
        <Difference predicted={predicted} measured={measured} agreement={agreement} />
      </tr>
      {(why !== undefined || unpredicted.length > 0 || unwritten.length > 0) && (
        <tr class={nested ? 'rule nested' : 'rule'}>
          <td colSpan={5}>
            {why !== undefined && <p>{printableText(why)}</p>}
            <Apart title={l10n.t('Not predicted')} pages={unpredicted} pageSize={pageSize} />
            <Apart title={l10n.t('Not written')} pages={unwritten} pageSize={pageSize} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A cell with an amount; a dash where there is none to give. */
export const MeasuredAmount = (props: { readonly bytes: number | undefined }): VNode =>
  props.bytes === undefined ? (
    <td class="number muted">
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{l10n.t('none')}</span>
    </td>
  ) : (
    <td class="number" title={exactBytes(props.bytes)}>
      {bytes(props.bytes)}
    </td>
  );

/** A cell that says how far two amounts are apart: a check mark, or the difference with its sign. */
export function Difference(props: SideBySide & { readonly agreement: Agreement }): VNode {
  const { agreement } = props;
  const words = differenceInWords(props);
  if (agreement === 'not-measured') return <td />;
  const apart = words ? (
    <>
      {words.bytes} <span class="share">{words.share}</span>
    </>
  ) : (
    l10n.t('not predicted')
  );
  return (
    <td class={`number difference ${agreement}`}>
      {agreement === 'differs' && apart}
      {agreement === 'agrees' && (
        <>
          <CheckMark />
          {apart}
        </>
      )}
      {agreement === 'in-range' && (
        <>
          <CheckMark />
          {l10n.t('in range')} <span class="share" />
          <span class="range">{apart}</span>
        </>
      )}
    </td>
  );
}

const CheckMark = (): VNode => (
  <>
    <svg class="check" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M3 8.5l3.5 3.5L13 4.5" />
    </svg>
    <span class="visually-hidden">{l10n.t('agrees')}, </span>
  </>
);

/** Where what is in RAM and what was predicted are not the same, from the object's begin on. */
const Apart = (props: {
  readonly title: string;
  readonly pages: Runs;
  readonly pageSize: number;
}): VNode | null =>
  props.pages.length === 0 ? null : (
    <p class="places">
      {props.title}: <Places pages={props.pages} pageSize={props.pageSize} most={MOST_PLACES} />
    </p>
  );
