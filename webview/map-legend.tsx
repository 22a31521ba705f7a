import type { VNode } from 'preact';
import { cellShapes } from './view-model/cell-shapes.js';
import type { Cell } from './view-model/cells.js';

const PAGE = 4096;
const cell = (over: Partial<Cell>): Cell => ({
  firstPage: 0,
  pages: 1,
  privatePages: 0,
  sharedPages: 0,
  privateUsed: 0,
  sharedUsed: 0,
  ...over,
});

/** The signs of the map, drawn as it draws them. */
const SIGNS: readonly { readonly sign: Cell; readonly words: string }[] = [
  { sign: cell({ privatePages: 1, privateUsed: PAGE }), words: 'private' },
  { sign: cell({ privatePages: 1, privateUsed: PAGE / 3 }), words: 'private, with slack' },
  { sign: cell({ sharedPages: 1, sharedUsed: PAGE }), words: 'shared' },
  { sign: cell({ sharedPages: 1, sharedUsed: PAGE / 3 }), words: 'shared, with slack' },
  { sign: cell({}), words: 'not in RAM' },
];

/** What the map's signs mean. */
export const MapLegend = (): VNode => (
  <ul class="map-legend">
    {SIGNS.map(({ sign, words }) => (
      <li key={words}>
        <Sign cell={sign} />
        {words}
      </li>
    ))}
  </ul>
);

function Sign(props: { readonly cell: Cell }): VNode {
  const shapes = cellShapes({ pagesPerCell: 1, cells: [props.cell] }, 1, PAGE);
  return (
    <svg class="cells" width="11" height="11" aria-hidden="true" focusable="false">
      <path class="cell absent" d={shapes.absent} />
      <path class="cell shared used" d={shapes.sharedUsed} />
      <path class="cell shared slack" d={shapes.sharedSlack} />
      <path class="cell private used" d={shapes.privateUsed} />
      <path class="cell private slack" d={shapes.privateSlack} />
    </svg>
  );
}
