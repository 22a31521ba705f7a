import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { integer } from '../../src/format.js';
import type { Cost, Estimate } from '../../src/model/cost.js';
import type { Saving } from '../../src/model/savings.js';
import type { WhatIf } from '../../src/model/what-if.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import { toggled } from '../conditions/choices.js';
import { rivalOf, whatIfList } from '../view-model/what-if-list.js';
import type { Savings } from './use-savings.js';
import { WhatIfLine } from './what-if-line.js';
import { WhatIfSum } from './what-if-sum.js';

/** What other layouts would save, one by one and together, to be switched on and off. */
export function WhatIfs(props: {
  /** As it is. */
  readonly plain: Cost;
  readonly chosen: Estimate;
  /** What is asked for, which is not always what can be had. */
  readonly asked: readonly string[];
  readonly savings: Savings | undefined;
  readonly processes: number;
  readonly expanded: readonly string[];
  readonly toggle: (id: string) => void;
  readonly choose: (ids: readonly string[]) => void;
}): VNode {
  const { plain, chosen, asked, savings, processes, expanded, toggle, choose } = props;
  const on = useMemo(
    () =>
      WHAT_IFS.filter(
        ({ id }) => asked.includes(id) && !chosen.leftOut.some((left) => left.id === id),
      ),
    [asked, chosen],
  );
  const list = useMemo(() => savings && whatIfList(savings.list, processes), [savings, processes]);
  const line = (saving: Saving) => (
    <WhatIfLine
      key={saving.whatIf.id}
      saving={saving}
      processes={processes}
      on={on.includes(saving.whatIf)}
      asked={asked.includes(saving.whatIf.id)}
      rival={rivalOf(saving.whatIf, on)}
      open={expanded.includes(openId(saving))}
      toggle={() => toggle(openId(saving))}
      onSwitch={() => choose(toggled(asked, saving.whatIf.id))}
    />
  );
  return (
    <section class="what-ifs" aria-labelledby="what-ifs-title">
      <h2 id="what-ifs-title">{l10n.t('What another layout would save')}</h2>
      {list ? (
        <div class="what-if-lists" aria-busy={savings?.of !== plain}>
          <p class="what-if-head" aria-hidden="true">
            <span>{l10n.t('Alone')}</span>
            <span>{l10n.t('Per process')}</span>
            <span>× {integer(processes)}</span>
          </p>
          <ul class="what-if-list">{list.changing.map(line)}</ul>
          <Folded title={l10n.t('Alone they save nothing here')} savings={list.idle} on={on}>
            <ul class="what-if-list">{list.idle.map(line)}</ul>
          </Folded>
          <Folded title={l10n.t('Alone they cannot be had here')} savings={list.impossible} on={on}>
            <ul class="what-if-list">{list.impossible.map(line)}</ul>
          </Folded>
        </div>
      ) : (
        <p class="subtitle">{l10n.t('What each would save is being worked out…')}</p>
      )}
      {/* Below the list, which would jump under the pointer otherwise. */}
      <WhatIfSum
        plain={plain}
        chosen={chosen}
        on={on}
        savings={savings?.list ?? []}
        processes={processes}
      />
    </section>
  );
}

const openId = ({ whatIf }: Saving): string => `what-if:${whatIf.id}`;

/** Some that are not at the centre of interest; nothing where there are none. */
function Folded(props: {
  readonly title: string;
  readonly savings: readonly Saving[];
  readonly on: readonly WhatIf[];
  readonly children: ComponentChildren;
}): VNode | null {
  const { title, savings, on, children } = props;
  if (savings.length === 0) return null;
  const inEffect = savings.filter(({ whatIf }) => on.includes(whatIf)).length;
  return (
    <details class="twin">
      <summary>
        {inEffect === 0
          ? `${title} (${savings.length})`
          : l10n.t('{0} ({1}, of which {2} on with others)', title, savings.length, inEffect)}
      </summary>
      {children}
    </details>
  );
}
