import type { VNode } from 'preact';
import type { Row } from '../src/model/cost.js';
import { addressesOf, reasonsInWords } from './view-model/reasons-in-words.js';

/** Which pages a row stands for, reason by reason. */
export function PrivatePages(props: {
  readonly row: Row;
  readonly pageSize: number;
}): VNode | null {
  const { row, pageSize } = props;
  if (row.reasons.length === 0) return null;
  return (
    <>
      <dl class="private-pages">
        {reasonsInWords(row, pageSize).map(({ title, pages, places, more }) => (
          <div key={title}>
            <dt>
              {title} <span class="muted">{pages}</span>
            </dt>
            <dd>
              {places.map((place) => (
                <code key={place}>{place}</code>
              ))}
              {more && <span class="muted">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="source">{addressesOf(row)}</p>
    </>
  );
}
