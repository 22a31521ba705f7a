import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Saving } from '../../src/model/savings.js';
import type { HowTo } from '../../src/model/what-if.js';
import { Button } from '../controls.js';
import { post } from '../host.js';
import { Scroller } from '../scroller.js';
import { savedInWords, scriptLanguage } from '../view-model/what-if-words.js';

/** What changes, what that costs elsewhere, and how to have it. */
export function WhatIfDetails({ saving }: { readonly saving: Saving }): VNode {
  const { whatIf, obstacle, perProcess, sharedOnce, atMost } = saving;
  return (
    <dl class="what-if-details">
      <dt>{l10n.t('What changes')}</dt>
      <dd>{l10n.t(whatIf.change)}</dd>
      {obstacle === undefined && perProcess === 0 && sharedOnce === 0 && (
        <>
          <dt>{l10n.t('Why nothing')}</dt>
          <dd>{l10n.t(whatIf.nothing)}</dd>
        </>
      )}
      {atMost && (
        <>
          <dt>{l10n.t('Not all known')}</dt>
          <dd>
            {l10n.t('Something that the process costs then has no number, and comes on top.')}
          </dd>
        </>
      )}
      {sharedOnce !== 0 && (
        <>
          <dt>{l10n.t('Once for all')}</dt>
          <dd>{savedInWords(sharedOnce)}</dd>
        </>
      )}
      <dt>{l10n.t('Its price')}</dt>
      <dd>{l10n.t(whatIf.price)}</dd>
      <dt>{l10n.t('How to get it')}</dt>
      <dd>
        {whatIf.howTo ? (
          <HowToGetIt howTo={whatIf.howTo} title={l10n.t(whatIf.title)} />
        ) : (
          l10n.t('No system offers this.')
        )}
      </dd>
      <dt>{l10n.t('Source')}</dt>
      <dd class="source">{l10n.t(whatIf.source)}</dd>
    </dl>
  );
}

function HowToGetIt(props: { readonly howTo: HowTo; readonly title: string }): VNode {
  const { text, snippet } = props.howTo;
  const language = snippet === undefined ? undefined : scriptLanguage(snippet);
  return (
    <>
      <p>{l10n.t(text)}</p>
      {snippet !== undefined && (
        <>
          <Scroller label={l10n.t('How to get it: {0}', props.title)}>
            <pre class="snippet">
              <code>{snippet}</code>
            </pre>
          </Scroller>
          <div class="actions">
            <Button
              secondary
              title={l10n.t('Copy it to the clipboard')}
              onClick={() => post({ kind: 'copy', text: snippet })}
            >
              {l10n.t('Copy')}
            </Button>
            {language !== undefined && (
              <Button
                secondary
                title={l10n.t('Open it as a new document beside the panel')}
                onClick={() => post({ kind: 'openSnippet', language, text: snippet })}
              >
                {l10n.t('Open')}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
