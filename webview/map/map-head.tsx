import * as l10n from '@vscode/l10n';
import type { RefObject, VNode } from 'preact';
import type { TableLevel } from '../../src/model/cost.js';

/** What the columns of the map are: a level of tables each, and the regions. */
export const MapHead = (props: {
  readonly levels: readonly TableLevel[];
  /** What is as wide as the cells of a line. */
  readonly measure: RefObject<HTMLElement | null>;
}): VNode => (
  <>
    {props.levels.map((level, index) => (
      <span
        key={level.name}
        class="level-name"
        aria-hidden="true"
        style={{ gridColumn: props.levels.length - index, gridRow: 1 }}
      >
        {level.name}
        <span class="of">/{level.entriesPerTable}</span>
      </span>
    ))}
    <div
      class="map-line measure"
      aria-hidden="true"
      style={{ gridColumn: props.levels.length + 1, gridRow: 1 }}
    >
      <span class="map-name">{l10n.t('Region')}</span>
      <span class="map-facts">
        <span class="map-pages">{l10n.t('private / all')}</span>
      </span>
      <span class="map-cells" ref={props.measure} />
    </div>
  </>
);
