import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { counted, exactBytes, integer, printable, printableText } from '../../src/format.js';
import type { Row } from '../../src/model/cost.js';
import {
  type CostDifference,
  type RowDifference,
  type SumDifference,
  sumDifference,
  totalDifference,
} from '../../src/model/cost-difference.js';
import { msg } from '../../src/msg.js';
import { changeInWords } from '../../src/report/change-words.js';
import { type DifferenceGroup, differenceGroups } from '../../src/report/difference-groups.js';
import { rowFacts } from '../../src/report/difference-report.js';
import { Amount, Expander } from '../ledger/ledger-row.js';
import { MeasuredAmount } from '../measured/measured-row.js';
import { NumberHead } from '../number-head.js';
import { Scroller } from '../scroller.js';
import { sumInWords } from '../view-model/build-words.js';
import { signed, signedBytes } from '../view-model/compared-words.js';

interface TableProps {
  /** What it is compared with, and this one. */
  readonly sides: readonly [base: string, own: string];
  readonly difference: CostDifference;
  readonly processes: number;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}

/** Two programs beside each other: the sums, then the rows that differ, the biggest difference first. */
export function BuildTable(props: TableProps): VNode {
  const { difference, processes, sides } = props;
  const { sums, perProcess } = difference;
  const groups = useMemo(() => differenceGroups(difference.rows), [difference]);
  return (
    <Scroller label={l10n.t('Difference, row by row')}>
      <table class="ledger builds">
        <thead>
          <tr>
            <th scope="col">{l10n.t('What')}</th>
            {[...sides, l10n.t('Difference')].map((title) => (
              <NumberHead key={title}>{title}</NumberHead>
            ))}
          </tr>
        </thead>
        <tbody>
          <SumLine main name={l10n.t('One more process')} sum={perProcess} />
          <SumLine name={l10n.t('Private pages')} sum={sums.private} />
          <SumLine name={l10n.t('Page tables')} sum={sums['page-tables']} />
          <SumLine name={l10n.t('Kernel objects')} sum={sums.kernel} />
          <SumLine main name={l10n.t('Shared once')} sum={sums.shared} />
          <SumLine
            main
            name={`× ${integer(processes)}`}
            sum={totalDifference(difference, processes)}
          />
        </tbody>
        {groups.map((group) => (
          <Group key={group.id} group={group} {...props} />
        ))}
      </table>
    </Scroller>
  );
}

const SumLine = (props: {
  readonly main?: boolean;
  readonly name: string;
  readonly sum: SumDifference;
}): VNode => (
  <tr class={props.main ? 'sum' : 'line nested'}>
    <th scope="row">{props.name}</th>
    <SumCells sum={props.sum} />
  </tr>
);

const SumCells = ({ sum }: { readonly sum: SumDifference }): VNode => (
  <>
    <Amount bytes={sum.before} incomplete={sum.beforeIncomplete} />
    <Amount bytes={sum.after} incomplete={sum.afterIncomplete} />
    <td class={differenceClass(sum.difference)} title={sumInWords(sum, signedExactly)}>
      {sumInWords(sum)}
    </td>
  </>
);

function Group(props: TableProps & { readonly group: DifferenceGroup<RowDifference> }): VNode {
  const { group, expanded, toggle } = props;
  const { title, rows, rest } = group;
  const id = `builds/${group.id}`;
  const open = expanded.includes(id);
  return (
    <tbody>
      <tr class="section">
        <th scope="rowgroup" colSpan={4}>
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Line key={row.id} row={row} />
      ))}
      {rest.length > 0 && (
        <tr class="group">
          <th scope="row">
            <Expander open={open} toggle={() => toggle(id)}>
              {counted(rest.length, msg('{0} further row'), msg('{0} further rows'))}
            </Expander>
          </th>
          <SumCells sum={sumDifference(rest)} />
        </tr>
      )}
      {open && rest.map((row) => <Line key={row.id} row={row} nested />)}
    </tbody>
  );
}

function Line(props: { readonly row: RowDifference; readonly nested?: boolean }): VNode {
  const { row, nested } = props;
  const { label, object } = (row.after ?? row.before) as Row;
  const change = changeInWords(rowFacts(row));
  return (
    <tr class={nested ? 'line nested' : 'line'}>
      <th scope="row">
        {printable(label)}
        {object !== undefined && !label.includes(object) && (
          <span class="muted"> {printable(object)}</span>
        )}
        {change !== '' && <span class="change">{printableText(change)}</span>}
      </th>
      <Side row={row.before} />
      <Side row={row.after} />
      {row.difference === undefined ? (
        <td class="number unknown">{l10n.t('not known')}</td>
      ) : (
        <td class={differenceClass(row.difference)} title={signedExactly(row.difference)}>
          {signedBytes(row.difference)}
        </td>
      )}
    </tr>
  );
}

/** A row that is not there costs nothing, which is not the same as one that costs nothing. */
const Side = ({ row }: { readonly row: Row | undefined }): VNode =>
  row ? <Amount bytes={row.bytes} /> : <MeasuredAmount bytes={undefined} />;

const differenceClass = (difference: number): string =>
  difference === 0 ? 'number muted' : 'number differs';

const signedExactly = (difference: number): string => signed(difference, exactBytes);
