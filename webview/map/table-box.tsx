import type { VNode } from 'preact';
import { integer } from '../../src/format.js';
import type { TableLevel } from '../../src/model/cost.js';
import type { TableBox } from '../view-model/table-grid.js';

/** A page table, or many alike, with how much of it is in use. */
export function TableBoxView(props: {
  readonly box: TableBox;
  readonly levels: readonly TableLevel[];
  readonly onHover: (over: boolean) => void;
}): VNode {
  const { box, levels, onHover } = props;
  const { tables, entriesUsed } = box;
  const entries = (levels[box.level]?.entriesPerTable ?? 1) * tables;
  return (
    <div
      class="table-box"
      aria-hidden="true"
      style={{
        gridColumn: levels.length - box.level,
        gridRow: `${box.track + 2} / span ${box.tracks}`,
      }}
      onPointerEnter={() => onHover(true)}
      onPointerLeave={() => onHover(false)}
    >
      {tables > 1 ? (
        <span class="table-count">×{integer(tables)}</span>
      ) : (
        <span class="table-entries">{integer(entriesUsed)}</span>
      )}
      <span class="table-fill" style={{ width: `max(2px, ${(entriesUsed / entries) * 100}%)` }} />
    </div>
  );
}
