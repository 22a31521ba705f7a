import type { VNode } from 'preact';
import { bytes, decimal, exactBytes, integer } from '../src/format.js';
import type { PageTables } from '../src/model/cost.js';
import { Distribution } from './distribution.js';
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
      <h2 id="tables-title">Page tables by level</h2>
      <p class="subtitle">
        <b title={exactBytes(usedBytes)}>{bytes(usedBytes)}</b> of entries in use, in{' '}
        <b title={exactBytes(pageTables.bytes)}>{bytes(pageTables.bytes)}</b> of tables
        {usedBytes > 0 && <>: {decimal(pageTables.bytes / usedBytes)} times as much</>}.
      </p>
      <Scroller label="Tables by level">
        <table>
          <thead>
            <tr>
              <th scope="col">Level</th>
              <th scope="col" class="number">
                Tables
              </th>
              {aslr && (
                <th scope="col" class="number">
                  Mean
                </th>
              )}
              <th scope="col" class="number">
                Entries in use
              </th>
              <th scope="col" class="number">
                Bytes
              </th>
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
                  <span class="muted">of {integer(level.entriesPerTable * level.tables)}</span>
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
