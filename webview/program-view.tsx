import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { Cost } from '../src/model/cost.js';
import { estimate } from '../src/model/estimate.js';
import {
  decodeProgram,
  figureOf,
  type MeasuringState,
  type PanelState,
  type ToPanel,
} from '../src/protocol.js';
import { costReport } from '../src/report/make-report.js';
import { costText } from '../src/report/text.js';
import { systemById } from '../src/system/systems.js';
import { AddressSpace } from './address-space.js';
import { toggled, workloadOf } from './choices.js';
import { Conditions } from './conditions.js';
import { useSettled } from './debounce.js';
import { Diagnostics } from './diagnostics.js';
import { Headline } from './headline.js';
import { post } from './host.js';
import { Identity } from './identity.js';
import { Ledger } from './ledger.js';
import { Measured } from './measured.js';
import { NoProcess } from './no-process.js';
import { PatternDefinitions } from './patterns.js';
import { SystemChoice } from './system-choice.js';
import { TableCount } from './table-count.js';
import { fittingSystems } from './view-model/fitting-systems.js';

type ProgramMessage = Extract<ToPanel, { kind: 'program' }>;

/** Everything about one program that could be read. */
export function ProgramView(props: {
  readonly message: ProgramMessage;
  readonly measuring: MeasuringState | undefined;
  readonly choices: PanelState;
  readonly update: (change: Partial<PanelState>) => void;
}): VNode {
  const { message, measuring, choices, update } = props;
  const program = useMemo(() => decodeProgram(message.program), [message.program]);
  const fitting = useMemo(() => fittingSystems(program.binary), [program]);
  // A system chosen for another program may not fit this one.
  const systemId = fitting.find(({ id }) => id === choices.systemId)?.id;
  const { aslr, heap, written, stack, bss } = choices;
  // The process count is no condition: moving the slider estimates nothing anew.
  const workload = useMemo(
    () => workloadOf({ heap, written, stack, bss }),
    [heap, written, stack, bss],
  );
  const { cost, diagnostics } = useMemo(() => {
    const system = systemId === undefined ? undefined : systemById(systemId);
    return estimate(program, { system, workload, aslr });
  }, [program, systemId, workload, aslr]);
  useReportToHost(cost, choices.processes);
  const { expanded } = choices;
  const toggle = useCallback(
    (id: string) => update({ expanded: toggled(expanded, id) }),
    [update, expanded],
  );
  // Nor does it draw the picture anew, which may have thousands of parts.
  const picture = useMemo(
    () =>
      cost && (
        <>
          <AddressSpace
            cost={cost}
            ownObject={message.fileName}
            expanded={expanded}
            toggle={toggle}
          />
          <TableCount pageTables={cost.pageTables} aslr={cost.aslr} />
        </>
      ),
    [cost, message.fileName, expanded, toggle],
  );

  if (!cost) {
    return (
      <NoProcess message={message} program={program} diagnostics={diagnostics}>
        <SystemChoice systems={fitting} choices={choices} update={update} />
      </NoProcess>
    );
  }
  const copy = () => {
    const asked = { processes: choices.processes, workload };
    post({ kind: 'copy', text: costText(costReport(program, cost, diagnostics, asked)) });
  };
  return (
    <main>
      <PatternDefinitions />
      <Identity
        fileName={message.fileName}
        program={program}
        cost={cost}
        restrictedReason={message.restrictedReason}
        copy={copy}
      />
      <Headline cost={cost} processes={choices.processes} />
      <Conditions cost={cost} choices={choices} systems={fitting} update={update} />
      <div class="columns">
        <div class="column">{picture}</div>
        <div class="column">
          {measuring && (
            <Measured cost={cost} measuring={measuring} expanded={expanded} toggle={toggle} />
          )}
          <Ledger cost={cost} processes={choices.processes} expanded={expanded} toggle={toggle} />
          <Diagnostics diagnostics={diagnostics} />
        </div>
      </div>
    </main>
  );
}

/** Tells the extension host what is shown, once it stands still. */
function useReportToHost(cost: Cost | undefined, processes: number): void {
  const settledProcesses = useSettled(processes, 150);
  useEffect(() => {
    post({ kind: 'estimated', figure: cost && figureOf(cost, settledProcesses) });
  }, [cost, settledProcesses]);
}
