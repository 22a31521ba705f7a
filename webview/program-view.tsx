import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import type { Cost } from '../src/model/cost.js';
import {
  type ComparingState,
  decodeProgram,
  figureOf,
  type MeasuringState,
  type PanelState,
  type ToPanel,
} from '../src/protocol.js';
import { costReport } from '../src/report/make-report.js';
import { costText } from '../src/report/text.js';
import { AddressSpace } from './address-space.js';
import { Builds, BuildsInBrief } from './builds.js';
import { toggled } from './choices.js';
import { Conditions } from './conditions.js';
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
import { useBuilds } from './use-builds.js';
import { useEstimates } from './use-estimates.js';
import type { Goal } from './use-goal.js';
import { useSavings } from './use-savings.js';
import { useSettled } from './use-settled.js';
import { fittingSystems } from './view-model/fitting-systems.js';
import { WhatIfBanner } from './what-if-banner.js';
import { WhatIfs } from './what-ifs.js';

type ProgramMessage = Extract<ToPanel, { kind: 'program' }>;

/** Everything about one program that could be read. */
export function ProgramView(props: {
  readonly message: ProgramMessage;
  readonly measuring: MeasuringState | undefined;
  readonly comparing: ComparingState | undefined;
  readonly goal: Goal | undefined;
  readonly choices: PanelState;
  readonly update: (change: Partial<PanelState>) => void;
}): VNode {
  const { message, measuring, comparing, goal, choices, update } = props;
  const program = useMemo(() => decodeProgram(message.program), [message.program]);
  const fitting = useMemo(() => fittingSystems(program.binary), [program]);
  // A system chosen for another program may not fit this one.
  const systemId = fitting.find(({ id }) => id === choices.systemId)?.id;
  const { conditions, plain, chosen } = useEstimates(program, systemId, choices);
  // With what-ifs of which there could be no process, the process as it is.
  const cost = chosen.cost ?? plain.cost;
  const without = cost && cost.whatIfs.length > 0 ? plain.cost : undefined;
  const savings = useSavings(program, conditions, plain.cost);
  const compared = useBuilds(comparing?.base, program, plain.cost, conditions, choices.whatIfs);
  useReportToHost(plain.cost, choices.processes);
  const { expanded, processes } = choices;
  const toggle = useCallback(
    (id: string) => update({ expanded: toggled(expanded, id) }),
    [update, expanded],
  );
  // Another number of processes does not draw the picture anew, which may have thousands of parts.
  const picture = useMemo(
    () =>
      cost && (
        <>
          <AddressSpace
            cost={cost}
            without={without}
            binary={program.binary}
            ownObject={message.fileName}
            goal={goal}
            expanded={expanded}
            toggle={toggle}
          />
          <TableCount pageTables={cost.pageTables} aslr={cost.aslr} />
        </>
      ),
    [cost, without, program, message.fileName, goal, expanded, toggle],
  );

  if (!plain.cost || !cost) {
    return (
      <NoProcess message={message} program={program} diagnostics={plain.diagnostics}>
        <SystemChoice systems={fitting} choices={choices} update={update} />
      </NoProcess>
    );
  }
  const copy = () => {
    const asked = { processes, workload: conditions.workload };
    const report = costReport(program, cost, plain.diagnostics, asked, {
      leftOut: chosen.leftOut,
      without,
    });
    post({ kind: 'copy', text: costText(report) });
  };
  const choose = (whatIfs: readonly string[]) => update({ whatIfs });
  return (
    <main>
      <PatternDefinitions />
      <Identity
        fileName={message.fileName}
        program={program}
        cost={cost}
        diagnostics={plain.diagnostics}
        restrictedReason={message.restrictedReason}
        copy={copy}
      />
      <Headline cost={cost} without={without} processes={processes} />
      <BuildsInBrief compared={compared} processes={processes} />
      <Conditions cost={cost} choices={choices} systems={fitting} update={update} />
      <WhatIfBanner plain={plain.cost} cost={cost} processes={processes} clear={() => choose([])} />
      <div class="columns">
        <div class="column">{picture}</div>
        <div class="column">
          <WhatIfs
            plain={plain.cost}
            chosen={chosen}
            asked={choices.whatIfs}
            savings={savings}
            processes={processes}
            expanded={expanded}
            toggle={toggle}
            choose={choose}
          />
          {comparing && (
            <Builds
              comparing={comparing}
              compared={compared}
              program={program}
              withWhatIfs={choices.whatIfs.length > 0}
              restrictedReason={message.restrictedReason}
              processes={processes}
              expanded={expanded}
              toggle={toggle}
            />
          )}
          {measuring && (
            <Measured
              cost={plain.cost}
              measuring={measuring}
              goal={goal}
              expanded={expanded}
              toggle={toggle}
            />
          )}
          <Ledger cost={cost} processes={processes} expanded={expanded} toggle={toggle} />
          <Diagnostics diagnostics={plain.diagnostics} />
        </div>
      </div>
    </main>
  );
}

/** Tells the extension host what the program costs, once that stands still. */
function useReportToHost(cost: Cost | undefined, processes: number): void {
  const settledProcesses = useSettled(processes, 150);
  useEffect(() => {
    post({ kind: 'estimated', figure: cost && figureOf(cost, settledProcesses) });
  }, [cost, settledProcesses]);
}
