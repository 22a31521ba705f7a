import type { VNode } from 'preact';
import type { MeasuringState } from '../src/protocol.js';
import { Button } from './controls.js';
import { post } from './host.js';

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
          title="Reads what the live processes of this file hold; runs nothing"
          onClick={() => post({ kind: following ? 'stopMeasuring' : 'measureRunning' })}
        >
          {following ? 'Stop Refreshing' : 'Measure Running Processes'}
        </Button>
        <Button
          secondary
          disabled={!trusted}
          title="Starts two instances, after you have seen how, and ends them"
          onClick={() =>
            post(running ? { kind: 'stopMeasuring' } : { kind: 'runAndMeasure', aslr: props.aslr })
          }
        >
          {running ? 'Cancel the Run' : 'Run and Measure…'}
        </Button>
      </div>
      {!trusted && (
        <p class="restricted">
          In Restricted Mode no program of the workspace is run.{' '}
          <button type="button" class="link" onClick={() => post({ kind: 'manageTrust' })}>
            Manage Workspace Trust
          </button>
        </p>
      )}
    </>
  );
}
