import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, decimal, exactBytes, integer } from '../src/format.js';
import type { PageTables } from '../src/model/cost.js';
import { Distribution } from './distribution.js';
import { inSentence } from './in-sentence.js';
import { NumberHead } from './number-head.js';
import { Scroller } from './scroller.js';

/** How many page tables, level by level, and how few of their bytes say anything. */
export function TableCount(props: {
  readonly pageTables: PageTables;
  readonly aslr: boolean;
}): VNode {
  const { pageTables, aslr } = props;
  const { levels, meanByLevel, usedBytes, distribution } = pageTables;
  return (
    <section aria-labelledby="tables-title">
      <h2 id="tables-title">{l10n.t('Page tables by level')}</h2>
      <p class="subtitle">
        {inSentence(
          usedBytes > 0
            ? l10n.t('{0} of entries in use, in {1} of tables: {2} times as much.')
            : l10n.t('{0} of entries in use, in {1} of tables.'),
          <b title={exactBytes(usedBytes)}>{bytes(usedBytes)}</b>,
          <b title={exactBytes(pageTables.bytes)}>{bytes(pageTables.bytes)}</b>,
          decimal(pageTables.bytes / usedBytes),
        )}
      </p>
      <Scroller label={l10n.t('Tables by level')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{l10n.t('Level')}</th>
              <NumberHead>{l10n.t('Tables')}</NumberHead>
              {aslr && <NumberHead>{l10n.t('Mean')}</NumberHead>}
              <NumberHead>{l10n.t('Entries in use')}</NumberHead>
              <NumberHead>{l10n.t('Bytes')}</NumberHead>
            </tr>
          </thead>
          <tbody>
            {[...levels.entries()].reverse().map(([index, level]) => (
              <tr key={level.name}>
                <th scope="row">{level.name}</th>
                <td class="number">{integer(level.tables)}</td>
                {aslr && <td class="number">{decimal(meanByLevel[index] ?? level.tables)}</td>}
                <td class="number loose">
                  {integer(level.entriesUsed)}{' '}
                  <span class="muted">
                    {l10n.t('of {0}', integer(level.entriesPerTable * level.tables))}
                  </span>
                </td>
                <td class="number" title={exactBytes(level.tables * level.tableBytes)}>
                  {bytes(level.tables * level.tableBytes)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {distribution.length > 1 && <Distribution pageTables={pageTables} />}
    </section>
  );
}
