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
import { Builds, BuildsInBrief } from './builds/builds.js';
import { useBuilds } from './builds/use-builds.js';
import { toggled } from './conditions/choices.js';
import { Conditions } from './conditions/conditions.js';
import { SystemChoice } from './conditions/system-choice.js';
import { Diagnostics } from './head/diagnostics.js';
import { Headline } from './head/headline.js';
import { Identity } from './head/identity.js';
import { NoProcess } from './head/no-process.js';
import { useSettled } from './head/use-settled.js';
import { post } from './host.js';
import { Ledger } from './ledger/ledger.js';
import { AddressSpace } from './map/address-space.js';
import { PatternDefinitions } from './map/patterns.js';
import type { Goal } from './map/use-goal.js';
import { Measured } from './measured/measured.js';
import { TableCount } from './table-count.js';
import { useEstimates } from './use-estimates.js';
import { useKeptScroll } from './use-kept-scroll.js';
import { fittingSystems } from './view-model/fitting-systems.js';
import { useSavings } from './what-ifs/use-savings.js';
import { WhatIfBanner } from './what-ifs/what-if-banner.js';
import { WhatIfs } from './what-ifs/what-ifs.js';

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
  useKeptScroll(choices, savings !== undefined, update);
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
        cost={plain.cost}
        diagnostics={plain.diagnostics}
        whyNoLibraries={message.whyNoLibraries}
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
              whyNoLibraries={message.whyNoLibraries}
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
