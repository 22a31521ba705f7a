import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Binary } from '../../src/binary/binary.js';
import type { Cost } from '../../src/model/cost.js';
import { Checkbox } from '../controls.js';
import { changeInWords, goneSince } from '../view-model/before.js';
import { addressMap } from '../view-model/map-lines.js';
import { spotOf } from '../view-model/spot-of.js';
import { MapLegend } from './map-legend.js';
import { MapTree } from './map-tree.js';
import { RegionTable } from './region-table.js';
import type { Goal } from './use-goal.js';

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
  const { pageSize } = cost;
  const before = useMemo(() => without && goneSince(without, cost), [without, cost]);
  const map = useMemo(
    () => addressMap(cost, ownObject, (id) => expanded.includes(id), before),
    [cost, ownObject, expanded, before],
  );
  const find = (asked: Goal) => {
    if (asked.kind !== 'goTo') return null;
    // Another layout may have other pages.
    if (!without || asItIs) return spotOf(asked.address, binary, cost, map.lines);
    setAsItIs(true);
    return null;
  };
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
      <MapTree cost={cost} map={map} goal={goal} find={find} toggle={toggle} />
      <details class="twin">
        <summary>{l10n.t('Address space as a table')}</summary>
        <RegionTable cost={cost} />
      </details>
    </section>
  );
}
