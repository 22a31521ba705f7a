import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { cellShapes } from '../view-model/cell-shapes.js';
import type { Cell } from '../view-model/cells.js';
import { CellPaths } from './cells.js';

const cell = (over: Partial<Cell>): Cell => ({
  firstPage: 0,
  pages: 1,
  privatePages: 0,
  sharedPages: 0,
  privateUsed: 0,
  sharedUsed: 0,
  gonePages: 0,
  ...over,
});

/** What the map's signs mean, drawn as the map draws them. */
export function MapLegend(props: {
  readonly pageSize: number;
  /** Whether pages are drawn that are gone. */
  readonly withGone: boolean;
  /** Whether a square of it stands for several pages. */
  readonly isCompressed: boolean;
}): VNode {
  const { pageSize, withGone } = props;
  const part = pageSize / 3;
  const signs = [
    { sign: cell({ privatePages: 1, privateUsed: pageSize }), words: l10n.t('private page') },
    { sign: cell({ privatePages: 1, privateUsed: part }), words: l10n.t('private, with slack') },
    { sign: cell({ sharedPages: 1, sharedUsed: pageSize }), words: l10n.t('shared page') },
    { sign: cell({ sharedPages: 1, sharedUsed: part }), words: l10n.t('shared, with slack') },
    { sign: cell({}), words: l10n.t('not in RAM') },
    ...(withGone
      ? [{ sign: cell({ gonePages: 1 }), words: l10n.t('private as it is, gone') }]
      : []),
  ];
  return (
    <ul class="map-legend">
      {signs.map(({ sign, words }, index) => (
        <li key={index}>
          <Sign cell={sign} pageSize={pageSize} />
          {words}
        </li>
      ))}
      {props.isCompressed && (
        <li>
          <span class="scale">×n</span> {l10n.t('n pages to a square')}
        </li>
      )}
    </ul>
  );
}

function Sign(props: { readonly cell: Cell; readonly pageSize: number }): VNode {
  const shapes = cellShapes({ pagesPerCell: 1, cells: [props.cell] }, 1, props.pageSize);
  return (
    <svg class="cells" width="11" height="11" aria-hidden="true" focusable="false">
      <CellPaths shapes={shapes} />
    </svg>
  );
}
