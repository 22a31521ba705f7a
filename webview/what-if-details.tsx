import type { VNode } from 'preact';
import type { Saving } from '../src/model/savings.js';
import type { HowTo } from '../src/model/what-if.js';
import { Button } from './controls.js';
import { post } from './host.js';
import { Scroller } from './scroller.js';
import { savedInWords, scriptLanguage } from './view-model/what-if-words.js';

/** What changes, what that costs elsewhere, and how to have it. */
export function WhatIfDetails({ saving }: { readonly saving: Saving }): VNode {
  const { whatIf, obstacle, perProcess, sharedOnce, atMost } = saving;
  return (
    <dl class="what-if-details">
      <dt>What changes</dt>
      <dd>{whatIf.change}</dd>
      {obstacle === undefined && perProcess === 0 && sharedOnce === 0 && (
        <>
          <dt>Why nothing</dt>
          <dd>{whatIf.nothing}</dd>
        </>
      )}
      {atMost && (
        <>
          <dt>Not all known</dt>
          <dd>Something that the process costs then has no number, and comes on top.</dd>
        </>
      )}
      {sharedOnce !== 0 && (
        <>
          <dt>Once for all</dt>
          <dd>{savedInWords(sharedOnce)}</dd>
        </>
      )}
      <dt>Its price</dt>
      <dd>{whatIf.price}</dd>
      <dt>How to get it</dt>
      <dd>
        {whatIf.howTo ? (
          <HowToGetIt howTo={whatIf.howTo} title={whatIf.title} />
        ) : (
          'No system offers this.'
        )}
      </dd>
      <dt>Source</dt>
      <dd class="source">{whatIf.source}</dd>
    </dl>
  );
}

function HowToGetIt(props: { readonly howTo: HowTo; readonly title: string }): VNode {
  const { text, snippet } = props.howTo;
  const language = snippet === undefined ? undefined : scriptLanguage(snippet);
  return (
    <>
      <p>{text}</p>
      {snippet !== undefined && (
        <>
          <Scroller label={`How to get it: ${props.title}`}>
            <pre class="snippet">
              <code>{snippet}</code>
            </pre>
          </Scroller>
          <div class="actions">
            <Button
              secondary
              title="Copy it to the clipboard"
              onClick={() => post({ kind: 'copy', text: snippet })}
            >
              Copy
            </Button>
            {language !== undefined && (
              <Button
                secondary
                title="Open it as a new document beside the panel"
                onClick={() => post({ kind: 'openSnippet', language, text: snippet })}
              >
                Open
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
