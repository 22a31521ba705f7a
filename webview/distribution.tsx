import type { VNode } from 'preact';
import { decimal, integer, percent } from '../src/format.js';
import type { PageTables } from '../src/model/cost.js';

/** How the number of table pages varies over the placements that randomisation chooses from. */
export function Distribution({ pageTables }: { readonly pageTables: PageTables }): VNode {
  const { distribution, mean, min, max } = pageTables;
  const most = Math.max(...distribution.map(({ share }) => share));
  const column = 100 / (max - min + 1);
  return (
    <figure class="distribution">
      <figcaption>
        Over all placements: <b>{decimal(mean)}</b> table pages on average, from{' '}
        <b>{integer(min)}</b> to <b>{integer(max)}</b>, without the top table.
      </figcaption>
      <svg class="histogram" aria-hidden="true" focusable="false">
        {distribution.map(({ tables, share }) => (
          <rect
            key={tables}
            class="part tables"
            x={`${(tables - min + 0.1) * column}%`}
            width={`${0.8 * column}%`}
            y={`${100 - (share / most) * 100}%`}
            height={`${(share / most) * 100}%`}
          />
        ))}
      </svg>
      <div class="histogram-scale" aria-hidden="true">
        <span>{integer(min)}</span>
        <span>{integer(max)}</span>
      </div>
      <details class="twin">
        <summary>Placements as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                Table pages
              </th>
              <th scope="col" class="number">
                Share of placements
              </th>
            </tr>
          </thead>
          <tbody>
            {distribution.map(({ tables, share }) => (
              <tr key={tables}>
                <th scope="row" class="number">
                  {integer(tables)}
                </th>
                <td class="number">{percent(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
