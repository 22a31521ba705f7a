/** Where one is in the map: a line and, once moved into it, one of its cells. */
export interface Spot {
  readonly id: string;
  readonly cell: number | undefined;
}

/** A line as the keyboard sees it, top to bottom. */
export interface Stop {
  readonly id: string;
  readonly cells: number;
  /** Undefined for a line that cannot be opened. */
  readonly open: boolean | undefined;
}

/** What a key does: moves to a spot, or opens and closes a line. */
export type MapAct =
  | { readonly kind: 'move'; readonly spot: Spot }
  | { readonly kind: 'toggle'; readonly id: string };

/**
 * The arrow keys of a tree, with cells inside its lines: up and down go from line to line, right
 * opens a line or goes into its cells, left comes back. Undefined for a key that does nothing.
 */
export function mapKey(key: string, spot: Spot, stops: readonly Stop[]): MapAct | undefined {
  const index = stops.findIndex((stop) => stop.id === spot.id);
  const stop = stops[index];
  if (!stop) return undefined;
  const line = (to: number): MapAct | undefined => {
    const target = stops[to];
    return target && { kind: 'move', spot: { id: target.id, cell: undefined } };
  };
  const cell = (to: number | undefined): MapAct => ({
    kind: 'move',
    spot: { id: stop.id, cell: to },
  });
  switch (key) {
    case 'ArrowDown':
      return line(index + 1);
    case 'ArrowUp':
      return line(index - 1);
    case 'Home':
      return line(0);
    case 'End':
      return line(stops.length - 1);
    case 'ArrowRight':
      if (spot.cell === undefined && stop.open === false) return { kind: 'toggle', id: stop.id };
      return (spot.cell ?? -1) + 1 < stop.cells ? cell((spot.cell ?? -1) + 1) : undefined;
    case 'ArrowLeft':
      if (spot.cell !== undefined) return cell(spot.cell === 0 ? undefined : spot.cell - 1);
      return stop.open === true ? { kind: 'toggle', id: stop.id } : undefined;
    case 'Enter':
    case ' ':
      return stop.open === undefined ? undefined : { kind: 'toggle', id: stop.id };
    default:
      return undefined;
  }
}
