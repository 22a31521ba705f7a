import type { VNode } from 'preact';
import { bytes, integer } from '../src/format.js';
import type { Cost } from '../src/model/cost.js';
import { parseBytes, parsePercent, parseRequests } from '../src/model/parse-workload.js';
import { processesThatFit } from '../src/model/total.js';
import type { PanelState } from '../src/protocol.js';
import type { System } from '../src/system/system.js';
import { systemById } from '../src/system/systems.js';
import { BERNSTEIN_TEXT } from './choices.js';
import { Button, Checkbox, TextField } from './controls.js';
import { ProcessCount } from './process-count.js';
import { SystemChoice } from './system-choice.js';
import { parseSize } from './view-model/parse-size.js';
import { WhatIfPresets } from './what-if-presets.js';

/** What the figures depend on besides the file: count, RAM, system, randomisation, work, and what-ifs. */
export function Conditions(props: {
  readonly cost: Cost;
  readonly choices: PanelState;
  readonly systems: readonly System[];
  readonly update: (change: Partial<PanelState>) => void;
}): VNode {
  const { cost, choices, systems, update } = props;
  const randomises = systemById(cost.system)?.addressSpace.kind === 'linux';
  return (
    <section class="conditions" aria-labelledby="conditions-title">
      <h2 id="conditions-title" class="visually-hidden">
        Conditions
      </h2>
      <ProcessCount processes={choices.processes} onChange={(processes) => update({ processes })} />
      <Capacity cost={cost} ram={choices.ram} onInput={(ram) => update({ ram })} />
      <div class="condition">
        <SystemChoice systems={systems} choices={choices} update={update} />
        <Checkbox
          checked={choices.aslr && randomises}
          disabled={!randomises}
          onChange={(aslr) => update({ aslr })}
        >
          Randomised addresses
        </Checkbox>
      </div>
      <Work choices={choices} update={update} />
      <WhatIfPresets asked={choices.whatIfs} choose={(whatIfs) => update({ whatIfs })} />
    </section>
  );
}

/** What the program does after its start, which its headers do not say. */
function Work(props: {
  readonly choices: PanelState;
  readonly update: (change: Partial<PanelState>) => void;
}): VNode {
  const { choices, update } = props;
  const { stack, bss } = choices;
  const heap = parseRequests(choices.heap);
  return (
    <>
      <div class="condition">
        <TextField
          label="Heap requests, in bytes"
          value={choices.heap}
          placeholder="start-up only"
          error={heap.ok ? undefined : heap.message}
          onInput={(text) => update({ heap: text })}
        />
        <div class="beside">
          <Checkbox checked={choices.written} onChange={(written) => update({ written })}>
            Written
          </Checkbox>
          <Button
            secondary
            title={`malloc requests of his test program of June 2003: ${BERNSTEIN_TEXT} bytes`}
            onClick={() => update({ heap: BERNSTEIN_TEXT })}
          >
            Bernstein’s five
          </Button>
        </div>
      </div>
      <div class="condition">
        <TextField
          label="Stack, in bytes"
          value={stack}
          placeholder="start-up only"
          error={understood(stack, parseBytes) ? undefined : 'Whole bytes, to 1 TiB.'}
          onInput={(text) => update({ stack: text })}
        />
      </div>
      <div class="condition">
        <TextField
          label="bss in use, in %"
          value={bss}
          placeholder="2 pages"
          error={understood(bss, parsePercent) ? undefined : '0 to 100.'}
          onInput={(text) => update({ bss: text })}
        />
      </div>
    </>
  );
}

/** A field may be empty: nobody said. */
const understood = (text: string, parse: (text: string) => number | undefined): boolean =>
  text.trim() === '' || parse(text) !== undefined;

/** How many processes fit in a RAM of some size. */
function Capacity(props: {
  readonly cost: Cost;
  readonly ram: string;
  readonly onInput: (text: string) => void;
}): VNode {
  const { cost, ram, onInput } = props;
  const size = parseSize(ram);
  return (
    <div class="condition capacity">
      <TextField
        label="How many fit in"
        value={ram}
        placeholder="16 GiB"
        error={size === undefined ? 'A size with its unit, like 16 GiB or 512M.' : undefined}
        onInput={onInput}
      />
      {size !== undefined && (
        <p class="capacity-answer">
          {cost.incomplete && 'at most '}
          <b>{integer(processesThatFit(cost, size))}</b> in {bytes(size)}
        </p>
      )}
    </div>
  );
}
