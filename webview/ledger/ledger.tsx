import * as l10n from '@vscode/l10n';
import { Fragment, type VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { bytes, exactBytes, integer, printable } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import { totalBytes } from '../../src/model/total.js';
import { inSentence } from '../in-sentence.js';
import { NumberHead } from '../number-head.js';
import { Scroller } from '../scroller.js';
import {
  type LedgerSection,
  ledgerSections,
  ROWS_AT_A_GLANCE,
  type RowGroup,
  type Sum,
} from '../view-model/ledger-groups.js';
import { Amount, Expander, LedgerRow, Pages } from './ledger-row.js';
import { QualityMark } from './quality.js';

interface LedgerProps {
  readonly cost: Cost;
  readonly processes: number;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** Every byte of the cost by who takes it, with its rule; the lines sum to the totals. */
export function Ledger(props: LedgerProps): VNode {
  const { cost, processes } = props;
  const sections = useMemo(() => ledgerSections(cost), [cost]);
  const total = totalBytes(cost, processes);
  return (
    <section aria-labelledby="ledger-title">
      <h2 id="ledger-title">{l10n.t('Ledger')}</h2>
      <Scroller label={l10n.t('Ledger of the cost')}>
        <table class="ledger">
          <thead>
            <tr>
              <th scope="col">{l10n.t('What')}</th>
              <NumberHead>{l10n.t('Pages')}</NumberHead>
              <NumberHead>{l10n.t('Per process')}</NumberHead>
              <NumberHead>× {integer(processes)}</NumberHead>
              <th scope="col">
                <span class="quality-title">{l10n.t('How sure')}</span>
              </th>
            </tr>
          </thead>
          {sections.map((section) => (
            <Section key={section.category} section={section} {...props} />
          ))}
          <tfoot>
            <tr class="total">
              <th scope="row">{l10n.t('Total')}</th>
              <td />
              <Amount bytes={cost.perProcess.bytes} incomplete={cost.incomplete} />
              <Amount bytes={total} incomplete={cost.incomplete} />
              <td />
            </tr>
          </tfoot>
        </table>
      </Scroller>
      <p class="sum-rule">
        {inSentence(
          l10n.t('{0} shared once + {1} × {2} = {3}'),
          <span title={exactBytes(cost.sharedOnceBytes)}>{bytes(cost.sharedOnceBytes)}</span>,
          integer(processes),
          <span title={exactBytes(cost.perProcess.bytes)}>{bytes(cost.perProcess.bytes)}</span>,
          <b title={exactBytes(total)}>{bytes(total)}</b>,
        )}
      </p>
    </section>
  );
}

function Section(props: LedgerProps & { readonly section: LedgerSection }): VNode {
  const { section } = props;
  const rows = section.groups.reduce((n, group) => n + group.rows.length, 0);
  return (
    <tbody>
      <tr class={`section ${section.category}`}>
        <th scope="rowgroup">{section.title}</th>
        <SumCells sum={section.sum} {...props} />
      </tr>
      {section.groups.map((group) => (
        <Group key={group.id} group={group} closable={rows > ROWS_AT_A_GLANCE} {...props} />
      ))}
    </tbody>
  );
}

/** A sum per process, which what is shared has none of, and of all of them. */
function SumCells(
  props: LedgerProps & { readonly section: LedgerSection; readonly sum: Sum },
): VNode {
  const { section, sum, cost, processes } = props;
  const once = section.category === 'shared';
  return (
    <>
      <Pages of={sum} pageSize={cost.pageSize} />
      {once ? (
        <td class="number muted">–</td>
      ) : (
        <Amount bytes={sum.bytes} incomplete={sum.incomplete} />
      )}
      <Amount bytes={once ? sum.bytes : sum.bytes * processes} incomplete={sum.incomplete} />
      <td>
        <QualityMark quality={sum.quality} />
      </td>
    </>
  );
}

function Group(
  props: LedgerProps & {
    readonly section: LedgerSection;
    readonly group: RowGroup;
    readonly closable: boolean;
  },
): VNode {
  const { group, section, closable, cost, processes, expanded, toggle } = props;
  const once = section.category === 'shared';
  const open = !closable || expanded.includes(group.id);
  const rows = (nested: boolean) =>
    group.rows.map((row) => (
      <LedgerRow
        key={row.id}
        row={row}
        nested={nested}
        once={once}
        cost={cost}
        processes={processes}
        open={expanded.includes(row.id)}
        toggle={() => toggle(row.id)}
      />
    ));
  if (group.object === undefined || group.rows.length === 1) return <>{rows(false)}</>;
  return (
    <Fragment>
      <tr class="group">
        <th scope="row">
          {closable ? (
            <Expander open={open} toggle={() => toggle(group.id)}>
              {printable(group.object)}
            </Expander>
          ) : (
            <span class="group-name">{printable(group.object)}</span>
          )}
        </th>
        <SumCells sum={group.sum} {...props} />
      </tr>
      {open && rows(true)}
    </Fragment>
  );
}
