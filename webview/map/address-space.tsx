import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Binary } from '../../src/binary/binary.js';
import type { Cost } from '../../src/model/cost.js';
import { Checkbox } from '../controls.js';
import { changeInWords, goneSince } from '../view-model/before.js';
import { mapKey, type Spot } from '../view-model/map-keys.js';
import { addressMap } from '../view-model/map-lines.js';
import { spotOf } from '../view-model/spot-of.js';
import { boxInWords, cellInWords, lineInWords } from '../view-model/words.js';
import { MapHead } from './map-head.js';
import { MapLegend } from './map-legend.js';
import { MapLineView } from './map-line.js';
import { RegionTable } from './region-table.js';
import { TableBoxView } from './table-box.js';
import { useColumns } from './use-columns.js';
import { type Goal, useGoal } from './use-goal.js';
import { useMoves } from './use-moves.js';

/**
 * The process's memory, highest address first, beside the page tables that map it: the top table
 * on the left, and the tables of each level over exactly the lines that they map.
 */
export function AddressSpace(props: {
  readonly cost: Cost;
  /** As it is, where `cost` is with what-ifs. */
  readonly without: Cost | undefined;
  readonly binary: Binary;
  /** The program's own file, whose regions are always shown one by one. */
  readonly ownObject: string;
  /** What the user asked to see. */
  readonly goal: Goal | undefined;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
}): VNode {
  const { without, binary, ownObject, goal, expanded, toggle } = props;
  const [asItIs, setAsItIs] = useState(false);
  const cost = (asItIs && without) || props.cost;
  const { pageSize, pageTables } = cost;
  const { levels } = pageTables;
  const before = useMemo(() => without && goneSince(without, cost), [without, cost]);
  const map = useMemo(
    () => addressMap(cost, ownObject, (id) => expanded.includes(id), before),
    [cost, ownObject, expanded, before],
  );
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
    if (asked.kind !== 'goTo') return false;
    // Another layout may have other pages.
    const isDrawn = !without || asItIs;
    if (!isDrawn) setAsItIs(true);
    const spot = isDrawn && spotOf(asked.address, binary, cost, map.lines);
    if (spot) goTo(spot);
    return isDrawn;
  });
  const current = stops.find((line) => line.id === focused?.id) ?? stops[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !current) return;
    const act = mapKey(
      event.key,
      { id: current.id, cell: focused?.id === current.id ? focused.cell : undefined },
      stops.map(({ id, cells, open }) => ({ id, cells: cells.cells.length, open })),
    );
    if (!act) return;
    event.preventDefault();
    if (act.kind === 'toggle') toggle(act.id);
    else goTo(act.spot);
  };
  const cell = current?.cells.cells[focused?.cell ?? -1];
  const spoken = cell ? cellInWords(cell, pageSize) : '';
  const focusWords = spoken || (focused && current ? lineInWords(current) : '');
  const shown = hovered ?? focusWords;
  return (
    <section class="address-space" aria-labelledby="map-title">
      <h2 id="map-title">{l10n.t('Address space and page tables')}</h2>
      <p class="subtitle">
        {cost.aslr
          ? l10n.t('Drawn at one placement of many: addresses are randomised.')
          : l10n.t('Highest address first.')}
      </p>
      {without && (
        <div class="map-change">
          <p>{asItIs ? l10n.t('Drawn as it is.') : changeInWords(without, props.cost)}</p>
          <Checkbox checked={asItIs} onChange={setAsItIs}>
            {l10n.t('Draw it as it is')}
          </Checkbox>
        </div>
      )}
      <MapLegend
        pageSize={pageSize}
        withGone={without !== undefined && !asItIs}
        isCompressed={map.lines.some(({ cells }) => cells.pagesPerCell > 1)}
      />
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
      <details class="twin">
        <summary>{l10n.t('Address space as a table')}</summary>
        <RegionTable cost={cost} />
      </details>
    </section>
  );
}
