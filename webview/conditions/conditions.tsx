import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, integer } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';
import { parseBytes, parsePercent, parseRequests } from '../../src/model/parse-workload.js';
import { processesThatFit } from '../../src/model/total.js';
import type { PanelState } from '../../src/protocol.js';
import type { System } from '../../src/system/system.js';
import { systemById } from '../../src/system/systems.js';
import { Button, Checkbox, TextField } from '../controls.js';
import { inSentence } from '../in-sentence.js';
import { parseRam } from '../view-model/parse-ram.js';
import { WhatIfPresets } from '../what-ifs/what-if-presets.js';
import { BERNSTEIN_TEXT } from './choices.js';
import { ProcessCount } from './process-count.js';
import { SystemChoice } from './system-choice.js';

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
        {l10n.t('Conditions')}
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
          {l10n.t('Randomised addresses')}
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
          label={l10n.t('Heap requests, in bytes')}
          value={choices.heap}
          placeholder={l10n.t('start-up only')}
          error={heap.ok ? undefined : heap.message}
          onInput={(text) => update({ heap: text })}
        />
        <div class="beside">
          <Checkbox checked={choices.written} onChange={(written) => update({ written })}>
            {l10n.t('Written')}
          </Checkbox>
          <Button
            secondary
            title={l10n.t(
              'malloc requests of his test program of June 2003: {0} bytes',
              BERNSTEIN_TEXT,
            )}
            onClick={() => update({ heap: BERNSTEIN_TEXT })}
          >
            {l10n.t('Bernstein’s five')}
          </Button>
        </div>
      </div>
      <div class="condition">
        <TextField
          label={l10n.t('Stack, in bytes')}
          value={stack}
          placeholder={l10n.t('start-up only')}
          error={
            understood(stack, parseBytes)
              ? undefined
              : l10n.t('A size like 65536 or 64 KiB, up to 1 TiB.')
          }
          onInput={(text) => update({ stack: text })}
        />
      </div>
      <div class="condition">
        <TextField
          label={l10n.t('bss in use, in %')}
          value={bss}
          placeholder={l10n.t('1 or 2 pages')}
          error={understood(bss, parsePercent) ? undefined : l10n.t('A percentage, 0 to 100.')}
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
  const size = parseRam(ram);
  return (
    <div class="condition capacity">
      <TextField
        label={l10n.t('How many fit in')}
        value={ram}
        placeholder="16 GiB"
        error={
          size === undefined ? l10n.t('A size with its unit, like 16 GiB or 512M.') : undefined
        }
        onInput={onInput}
      />
      {size !== undefined && (
        <p class="capacity-answer">
          {inSentence(
            cost.incomplete ? l10n.t('at most {0} in {1}') : l10n.t('{0} in {1}'),
            <b>{integer(processesThatFit(cost, size))}</b>,
            bytes(size),
          )}
        </p>
      )}
    </div>
  );
}
