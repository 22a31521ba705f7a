import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { integer } from '../../src/format.js';
import { parseProcesses } from '../../src/model/parse-workload.js';
import { MAX_PROCESSES } from '../../src/model/total.js';
import { TextField } from '../controls.js';
import { PROCESS_STEPS, processesAt, stepOf } from '../view-model/process-scale.js';

/** How many processes: a logarithmic slider, and a field for an exact number. */
export function ProcessCount(props: {
  readonly processes: number;
  readonly onChange: (processes: number) => void;
}): VNode {
  const { processes, onChange } = props;
  const [text, setText] = useState(integer(processes));
  // What is being typed stays as typed while it means the same number.
  useEffect(() => {
    setText((typed) => (parseProcesses(typed) === processes ? typed : integer(processes)));
  }, [processes]);
  const typed = (next: string) => {
    setText(next);
    const parsed = parseProcesses(next);
    if (parsed !== undefined) onChange(parsed);
  };
  const valid = parseProcesses(text) !== undefined;
  return (
    <div class="condition process-count">
      <TextField
        label={l10n.t('Processes')}
        value={text}
        error={valid ? undefined : l10n.t('A whole number, 1 to {0}.', integer(MAX_PROCESSES))}
        onInput={typed}
        onBlur={() => valid && setText(integer(processes))}
      />
      <div class="slider">
        <input
          type="range"
          min="0"
          max={PROCESS_STEPS.length - 1}
          step="1"
          value={stepOf(processes)}
          aria-label={l10n.t('Processes, logarithmic')}
          aria-valuetext={integer(processes)}
          onInput={(event) => onChange(processesAt(Number(event.currentTarget.value)))}
        />
        <div class="slider-scale" aria-hidden="true">
          <span>1</span>
          <span>{integer(1000)}</span>
          <span>{l10n.t('1 million')}</span>
        </div>
      </div>
    </div>
  );
}
