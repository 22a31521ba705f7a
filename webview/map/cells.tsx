import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { CELL, type CellShapes, cellShapes, PITCH } from '../view-model/cell-shapes.js';
import type { CellRow } from '../view-model/cells.js';

/** The pages of a line of the map. What it shows is said by the line's label, for screen readers. */
export function Cells(props: {
  readonly row: CellRow;
  readonly columns: number;
  readonly pageSize: number;
  /** The cell to mark. */
  readonly active: number | undefined;
  readonly onHover: (cell: number | undefined) => void;
}): VNode {
  const { row, columns, pageSize, active, onHover } = props;
  const shapes = useMemo(() => cellShapes(row, columns, pageSize), [row, columns, pageSize]);
  const hovered = (event: PointerEvent) => {
    const column = Math.floor(event.offsetX / PITCH);
    const index = Math.floor(event.offsetY / PITCH) * columns + column;
    onHover(column < columns && index < row.cells.length ? index : undefined);
  };
  return (
    <svg
      class="cells"
      width={shapes.width}
      height={shapes.height}
      aria-hidden="true"
      focusable="false"
      onPointerMove={hovered}
      onPointerLeave={() => onHover(undefined)}
    >
      <CellPaths shapes={shapes} />
      {active !== undefined && (
        <rect
          class="cell-focus"
          x={(active % columns) * PITCH - 1}
          y={Math.floor(active / columns) * PITCH - 1}
          width={CELL + 2}
          height={CELL + 2}
        />
      )}
    </svg>
  );
}

/** How cells are drawn, in the map and in its legend. */
export function CellPaths({ shapes }: { readonly shapes: CellShapes }): VNode {
  return (
    <>
      <path class="cell absent" d={shapes.absent} />
      <path class="cell gone" d={shapes.gone} />
      <path class="cell shared used" d={shapes.sharedUsed} />
      <path class="cell shared slack" d={shapes.sharedSlack} />
      <path class="cell private used" d={shapes.privateUsed} />
      <path class="cell private slack" d={shapes.privateSlack} />
    </>
  );
}
