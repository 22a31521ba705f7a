import type { VNode } from 'preact';
import type { Row } from '../../src/model/cost.js';
import type { Reason } from '../../src/model/reasons.js';
import { addressesOf, reasonInWords } from '../view-model/reasons-in-words.js';
import { Places } from './places.js';

/** Places of one reason that are shown. */
const MOST_PLACES = 12;

/** Which pages a row stands for, reason by reason; nothing where that is not known. */
export function PrivatePages(props: {
  readonly row: Row;
  readonly pageSize: number;
}): VNode | null {
  const { row, pageSize } = props;
  if (row.reasons.length === 0) return null;
  return (
    <>
      <dl class="private-pages">
        {row.reasons.map((reason) => (
          <PagesOf key={reason.why} reason={reason} pageSize={pageSize} />
        ))}
      </dl>
      <p class="source">{addressesOf(row)}</p>
    </>
  );
}

function PagesOf(props: { readonly reason: Reason; readonly pageSize: number }): VNode {
  const { reason, pageSize } = props;
  const { title, pages } = reasonInWords(reason);
  return (
    <div>
      <dt>
        {title} <span class="muted">{pages}</span>
      </dt>
      <dd class="places">
        <Places pages={reason.pages} pageSize={pageSize} most={MOST_PLACES} />
      </dd>
    </div>
  );
}
