import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { bytes, exactBytes, pagesIn, printable, printableText } from '../../src/format.js';
import type { Cost, Row } from '../../src/model/cost.js';
import { ruleSource } from '../../src/model/rule-source.js';
import { RULES } from '../../src/model/rules.js';
import { withoutObject } from '../view-model/words.js';
import { PrivatePages } from './private-pages.js';
import { QualityMark } from './quality.js';

/** One line of the ledger; opened, the rule behind its number. */
export function LedgerRow(props: {
  readonly row: Row;
  readonly nested: boolean;
  /** Paid once however many processes run. */
  readonly once: boolean;
  readonly cost: Cost;
  readonly processes: number;
  readonly open: boolean;
  readonly toggle: () => void;
}): VNode {
  const { row, once, cost, processes, open, nested } = props;
  const { label, object } = row;
  const name = nested ? withoutObject(label, object) : label;
  return (
    <>
      <tr class={nested ? 'line nested' : 'line'}>
        <th scope="row">
          <Expander open={open} toggle={props.toggle}>
            {printable(name)}
            {object !== undefined && !nested && !label.includes(object) && (
              <span class="muted"> {printable(object)}</span>
            )}
          </Expander>
        </th>
        <Pages of={row} pageSize={cost.pageSize} />
        {once ? <td class="number muted">–</td> : <Amount bytes={row.bytes} range={row.range} />}
        <Amount
          bytes={row.bytes === undefined || once ? row.bytes : row.bytes * processes}
          range={once ? row.range : undefined}
        />
        <td>
          <QualityMark quality={row.quality} />
        </td>
      </tr>
      {open && (
        <tr class="rule">
          <td colSpan={5}>
            {row.detail && <p class="rule-detail">{printableText(row.detail)}</p>}
            <PrivatePages row={row} pageSize={cost.pageSize} />
            <p>{l10n.t(RULES[row.rule].statement)}</p>
            <p class="source">{ruleSource(row.rule, cost)}</p>
          </td>
        </tr>
      )}
    </>
  );
}

/** The name of a line that opens. */
export const Expander = (props: {
  readonly open: boolean;
  readonly toggle: () => void;
  readonly children: ComponentChildren;
}): VNode => (
  <button type="button" class="expander" aria-expanded={props.open} onClick={props.toggle}>
    <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M6 4l4 4-4 4" />
    </svg>
    <span>{props.children}</span>
  </button>
);

/** A cell with a number of pages, which may be a mean; empty where pages are not what it is counted in. */
export const Pages = (props: {
  readonly of: Pick<Row, 'pages' | 'bytes'>;
  readonly pageSize: number;
}): VNode => {
  const { pages, bytes } = props.of;
  const isCounted = pages !== undefined && bytes !== undefined;
  return <td class="number">{isCounted && pagesIn(bytes, props.pageSize)}</td>;
};

/** A cell with an amount of memory; the exact bytes on hover. Unknown is written, never zero. */
export function Amount(props: {
  readonly bytes: number | undefined;
  readonly range?: Row['range'];
  readonly incomplete?: boolean;
}): VNode {
  if (props.bytes === undefined) return <td class="number unknown">{l10n.t('unknown')}</td>;
  const { range } = props;
  return (
    <td class="number" title={exactBytes(props.bytes)}>
      {props.incomplete && <span class="at-least">≥ </span>}
      {bytes(props.bytes)}
      {range && range.min < range.max && (
        <span
          class="range"
          title={l10n.t('{0} to {1}', exactBytes(range.min), exactBytes(range.max))}
        >
          {bytes(range.min)} – {bytes(range.max)}
        </span>
      )}
    </td>
  );
}
