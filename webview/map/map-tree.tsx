import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Cost } from '../../src/model/cost.js';
import { mapKey, type Spot } from '../view-model/map-keys.js';
import type { AddressMap, MapLine } from '../view-model/map-lines.js';
import { boxInWords, cellInWords, lineInWords } from '../view-model/words.js';
import { MapHead } from './map-head.js';
import { MapLineView } from './map-line.js';
import { TableBoxView } from './table-box.js';
import { useColumns } from './use-columns.js';
import { type Goal, useGoal } from './use-goal.js';
import { useMoves } from './use-moves.js';

/** The lines of the map and the tables beside them, to go through by pointer and by key; below, what one is at. */
export function MapTree(props: {
  /** Of which `map` is. */
  readonly cost: Cost;
  readonly map: AddressMap;
  readonly goal: Goal | undefined;
  /** Where a goal is; undefined where it is nowhere, null where that is not drawn yet. */
  readonly find: (goal: Goal) => Spot | undefined | null;
  readonly toggle: (id: string) => void;
}): VNode {
  const { cost, map, goal, find, toggle } = props;
  const { pageSize, pageTables } = cost;
  const { levels } = pageTables;
  const [focused, setFocused] = useState<Spot>();
  const [hovered, setHovered] = useState<string>();
  const [measure, columns] = useColumns();
  const tree = useMoves(cost);

  const stops = map.lines.filter((line) => line.kind !== 'gap' && line.kind !== 'gone');
  const goTo = (spot: Spot) => {
    setFocused(spot);
    const index = stops.findIndex((line) => line.id === spot.id);
    tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[index]?.focus();
  };
  useGoal(goal, (asked) => {
    const spot = find(asked);
    if (spot) goTo(spot);
    return spot !== null;
  });
  const current = stops.find((line) => line.id === focused?.id) ?? stops[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const act = current && actOf(event, current, focused, stops);
    if (!act) return;
    event.preventDefault();
    if (act.kind === 'toggle') toggle(act.id);
    else goTo(act.spot);
  };
  const cell = current?.cells.cells[focused?.cell ?? -1];
  const spoken = cell ? cellInWords(cell, pageSize) : '';
  const shown = hovered ?? (spoken || (focused && current ? lineInWords(current) : ''));
  return (
    <>
      <div
        ref={tree}
        class="map"
        role="tree"
        aria-labelledby="map-title"
        data-levels={levels.length}
      >
        <MapHead levels={levels} measure={measure} />
        {map.boxes.map((box) => (
          <TableBoxView
            key={`${box.level} ${box.firstPage} ${box.track}`}
            box={box}
            levels={levels}
            onHover={(over) => setHovered(over ? boxInWords(box, levels, pageSize) : undefined)}
          />
        ))}
        {map.lines.map((line) => (
          <MapLineView
            key={line.id}
            line={line}
            column={levels.length + 1}
            columns={columns}
            pageSize={pageSize}
            tabStop={line === current}
            activeCell={line.id === focused?.id ? focused.cell : undefined}
            onFocus={() =>
              setFocused((spot) => (spot?.id === line.id ? spot : { id: line.id, cell: undefined }))
            }
            onKeyDown={onKeyDown}
            onToggle={() => toggle(line.id)}
            onHover={setHovered}
          />
        ))}
      </div>
      <p class={shown ? 'map-status shown' : 'map-status'} aria-hidden="true">
        {shown || l10n.t('Point at a page or a table, or use the arrow keys.')}
      </p>
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
    </>
  );
}

/** What a key does on a line; undefined where it is none of the map's. */
function actOf(
  event: KeyboardEvent,
  { id }: MapLine,
  focused: Spot | undefined,
  stops: readonly MapLine[],
) {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  return mapKey(
    event.key,
    { id, cell: focused?.id === id ? focused.cell : undefined },
    stops.map((line) => ({ id: line.id, cells: line.cells.cells.length, open: line.open })),
  );
}
