import type { VNode } from 'preact';
import type { Runs } from '../../src/model/runs.js';
import { placesInWords } from '../view-model/places.js';

/** The first `most` places of some pages, one by one. */
export function Places(props: {
  readonly pages: Runs;
  readonly pageSize: number;
  readonly most: number;
}): VNode {
  const { places, more } = placesInWords(props.pages, props.pageSize, props.most);
  return (
    <>
      {places.map((place) => (
        <code key={place}>{place}</code>
      ))}
      {more !== undefined && <span class="muted">{more}</span>}
    </>
  );
}
