import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { MeasuringState } from '../../src/protocol.js';
import { Button } from '../controls.js';
import { post } from '../host.js';

/**
 * What can be done to measure. A button that becomes another stays the same element, so that it keeps
 * the focus.
 */
export function MeasureActions(props: {
  readonly measuring: MeasuringState;
  readonly aslr: boolean;
}): VNode {
  const { activity, trusted } = props.measuring;
  const following = activity === 'following';
  const running = activity === 'running';
  return (
    <>
      <div class="actions">
        <Button
          secondary
          disabled={running}
          title={l10n.t('Reads what the live processes of this file hold; runs nothing')}
          onClick={() => post({ kind: following ? 'stopMeasuring' : 'measureRunning' })}
        >
          {following ? l10n.t('Stop Refreshing') : l10n.t('Measure Running Processes')}
        </Button>
        <Button
          secondary
          disabled={!trusted}
          title={l10n.t('Starts two instances, after you have seen how, and ends them')}
          onClick={() =>
            post(running ? { kind: 'stopMeasuring' } : { kind: 'runAndMeasure', aslr: props.aslr })
          }
        >
          {running ? l10n.t('Cancel the Run') : l10n.t('Run and Measure…')}
        </Button>
      </div>
      {!trusted && (
        <p class="restricted">
          {l10n.t('In Restricted Mode no program of the workspace is run.')}{' '}
          <button type="button" class="link" onClick={() => post({ kind: 'manageTrust' })}>
            {l10n.t('Manage Workspace Trust')}
          </button>
        </p>
      )}
    </>
  );
}
