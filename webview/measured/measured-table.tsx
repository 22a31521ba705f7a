import * as l10n from '@vscode/l10n';
import { Fragment, type VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { integer, printable } from '../../src/format.js';
import type { Comparison } from '../../src/model/comparison.js';
import type { Cost } from '../../src/model/cost.js';
import { Expander } from '../ledger/ledger-row.js';
import { NumberHead } from '../number-head.js';
import { Scroller } from '../scroller.js';
import {
  type Agreement,
  type ComparedGroup,
  type ComparedSection,
  comparedSections,
  type SideBySide,
} from '../view-model/compared-sections.js';
import { ROWS_AT_A_GLANCE } from '../view-model/ledger-groups.js';
import { QUALITY_WORDS } from '../view-model/words.js';
import { Difference, MeasuredAmount, MeasuredRow } from './measured-row.js';

interface TableProps {
  readonly cost: Cost;
  readonly comparison: Comparison;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** A comparison row by row, in the order of the ledger. */
export function MeasuredTable(props: TableProps): VNode {
  const { cost, comparison } = props;
  const sections = useMemo(
    () => comparedSections(comparison, cost.pageSize),
    [comparison, cost.pageSize],
  );
  return (
    <Scroller label={l10n.t('Comparison, row by row')}>
      <table class="ledger compared">
        <thead>
          <tr>
            <th scope="col">{l10n.t('What')}</th>
            <NumberHead>{l10n.t('Predicted')}</NumberHead>
            <th scope="col">
              <span class="quality-title">{l10n.t('How sure')}</span>
            </th>
            <th
              scope="col"
              class="number"
              title={l10n.t('Read from /proc, the mean over the processes')}
            >
              <span aria-hidden="true">{QUALITY_WORDS.measured.sign} </span>
              {l10n.t('Measured')}
            </th>
            <NumberHead>{l10n.t('Difference')}</NumberHead>
          </tr>
        </thead>
        {sections.map((section) => (
          <Section key={section.category} section={section} {...props} />
        ))}
      </table>
    </Scroller>
  );
}

function Section(props: TableProps & { readonly section: ComparedSection }): VNode {
  const { section, expanded, toggle } = props;
  const { category, sum, agreeing } = section;
  const all = [...section.groups, ...(agreeing?.groups ?? [])];
  const closable = all.reduce((n, group) => n + group.rows.length, 0) > ROWS_AT_A_GLANCE;
  const open = agreeing !== undefined && expanded.includes(agreeing.id);
  const lines = (groups: readonly ComparedGroup[]) =>
    groups.map((group) => <Group key={group.id} group={group} closable={closable} {...props} />);
  return (
    <tbody>
      <tr class={`section ${category}`}>
        <th scope="rowgroup" colSpan={sum ? 1 : 5}>
          {section.title}
          {sum && category === 'page-tables' && (
            <span class="muted"> {l10n.t('without the top one')}</span>
          )}
        </th>
        {sum && <SumCells {...sum} agreement={section.agreement} />}
      </tr>
      {lines(section.groups)}
      {agreeing && (
        <tr class={`group ${agreeing.agreement}`}>
          <th scope="row">
            <Expander open={open} toggle={() => toggle(agreeing.id)}>
              {l10n.t('{0} that agree', integer(agreeing.groups.length))}
            </Expander>
          </th>
          <SumCells {...agreeing} />
        </tr>
      )}
      {open && lines(agreeing.groups)}
    </tbody>
  );
}

/** Amounts side by side; how sure a sum is, its rows say. */
const SumCells = (props: SideBySide & { readonly agreement: Agreement }): VNode => (
  <>
    <MeasuredAmount bytes={props.predicted} />
    <td />
    <MeasuredAmount bytes={props.measured} />
    <Difference {...props} />
  </>
);

function Group(
  props: TableProps & { readonly group: ComparedGroup; readonly closable: boolean },
): VNode {
  const { group, closable, cost, expanded, toggle } = props;
  const open = !closable || expanded.includes(group.id);
  const rows = (nested: boolean) =>
    group.rows.map((row) => (
      <MeasuredRow key={row.id} row={row} nested={nested} pageSize={cost.pageSize} />
    ));
  if (group.object === undefined || group.rows.length === 1) return <>{rows(false)}</>;
  return (
    <Fragment>
      <tr class={`group ${group.agreement}`}>
        <th scope="row">
          {closable ? (
            <Expander open={open} toggle={() => toggle(group.id)}>
              {printable(group.object)}
            </Expander>
          ) : (
            printable(group.object)
          )}
        </th>
        <SumCells {...group} />
      </tr>
      {open && rows(true)}
    </Fragment>
  );
}
