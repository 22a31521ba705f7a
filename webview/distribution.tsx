import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { decimal, integer, percent } from '../src/format.js';
import type { PageTables } from '../src/model/cost.js';
import { inSentence } from './in-sentence.js';
import { NumberHead } from './number-head.js';

/** How the number of table pages varies over the placements that randomisation chooses from. */
export function Distribution({ pageTables }: { readonly pageTables: PageTables }): VNode {
  const { distribution, mean, min, max } = pageTables;
  const most = Math.max(...distribution.map(({ share }) => share));
  const column = 100 / (max - min + 1);
  return (
    <figure class="distribution">
      <figcaption>
        {inSentence(
          l10n.t(
            'Over all placements: {0} table pages on average, from {1} to {2}, without the top table.',
          ),
          <b>{decimal(mean)}</b>,
          <b>{integer(min)}</b>,
          <b>{integer(max)}</b>,
        )}
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
        <summary>{l10n.t('Placements as a table')}</summary>
        <table>
          <thead>
            <tr>
              <NumberHead>{l10n.t('Table pages')}</NumberHead>
              <NumberHead>{l10n.t('Share of placements')}</NumberHead>
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
