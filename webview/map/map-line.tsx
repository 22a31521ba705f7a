import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { integer } from '../../src/format.js';
import type { MapLine } from '../view-model/map-lines.js';
import { cellInWords, goneInWords, lineInWords } from '../view-model/words.js';
import { Cells } from './cells.js';

/** A region, an object's regions, or a gap. */
export function MapLineView(props: {
  readonly line: MapLine;
  readonly column: number;
  readonly columns: number;
  readonly pageSize: number;
  /** Whether the Tab key comes here. */
  readonly tabStop: boolean;
  readonly activeCell: number | undefined;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onToggle: () => void;
  readonly onHover: (words: string | undefined) => void;
}): VNode {
  const { line, columns, pageSize, activeCell, onHover } = props;
  const place = { gridColumn: props.column, gridRow: `${line.track + 2} / span ${line.tracks}` };
  if (line.kind === 'gap') {
    return (
      <div class="map-gap" style={place} aria-hidden="true">
        <span>{line.name}</span>
      </div>
    );
  }
  if (line.kind === 'gone') {
    return (
      <div class="map-line gone" style={place} aria-hidden="true">
        <span class="map-name" title={line.name}>
          <span class="map-label">{line.name}</span>
        </span>
        <span class="map-facts">
          <span class="map-pages">{l10n.t('gone: {0}', integer(line.counts.private))}</span>
        </span>
        <span class="map-cells">
          <Cells
            row={line.cells}
            columns={columns}
            pageSize={pageSize}
            active={undefined}
            onHover={(index) => onHover(index === undefined ? undefined : goneInWords(line))}
          />
        </span>
      </div>
    );
  }
  const openable = line.open !== undefined;
  const { pagesPerCell } = line.cells;
  return (
    <div
      class={`map-line ${line.kind}${line.nested ? ' nested' : ''}`}
      style={place}
      role="treeitem"
      aria-level={line.nested ? 2 : 1}
      aria-expanded={line.open}
      tabIndex={props.tabStop ? 0 : -1}
      onFocus={props.onFocus}
      onKeyDown={props.onKeyDown}
      onClick={openable ? props.onToggle : undefined}
      onPointerEnter={() => onHover(lineInWords(line))}
      onPointerLeave={() => onHover(undefined)}
    >
      <span class="map-name" title={line.name}>
        {openable && (
          <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d="M6 4l4 4-4 4" />
          </svg>
        )}
        <span class="map-label">{line.name}</span>
      </span>
      <span class="map-facts">
        <span class="map-access">{line.access}</span>
        <span class="map-pages" aria-hidden="true">
          {pagesPerCell > 1 && <span class="scale">×{integer(pagesPerCell)}</span>}
          <b>{integer(line.counts.private)}</b> / {integer(line.counts.pages)}
        </span>
      </span>
      <span class="visually-hidden">
        {line.address}, {line.pagesInWords}
      </span>
      {line.cells.cells.length > 0 && (
        <span class="map-cells">
          <Cells
            row={line.cells}
            columns={columns}
            pageSize={pageSize}
            active={activeCell}
            onHover={(index) => {
              const cell = index === undefined ? undefined : line.cells.cells[index];
              onHover(cell ? cellInWords(cell, pageSize) : lineInWords(line));
            }}
          />
        </span>
      )}
    </div>
  );
}
