import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { bytes, exactBytes, percent } from '../../src/format.js';
import type { Cost } from '../../src/model/cost.js';

/** A process's bytes by who takes them: its own pages, page tables, the kernel's objects. */
export function SplitBar({ cost }: { readonly cost: Cost }): VNode {
  const { privateBytes, pageTableBytes, kernelBytes, bytes: all } = cost.perProcess;
  const parts = [
    { name: 'private', label: l10n.t('private pages'), value: privateBytes },
    { name: 'tables', label: l10n.t('page tables'), value: pageTableBytes },
    { name: 'kernel', label: l10n.t('kernel objects'), value: kernelBytes },
  ];
  const share = (value: number) => (all > 0 ? value / all : 0);
  let x = 0;
  return (
    <div class="split">
      <svg class="split-bar" aria-hidden="true" focusable="false">
        {parts.map((part) => {
          const left = x;
          x += share(part.value);
          return (
            <rect
              key={part.name}
              class={`part ${part.name}`}
              x={percent100(left)}
              width={percent100(share(part.value))}
              height="100%"
            />
          );
        })}
      </svg>
      <ul class="split-legend">
        {parts.map((part) => (
          <li key={part.name} title={exactBytes(part.value)}>
            <Swatch name={part.name} />
            <b>{bytes(part.value)}</b> {part.label}{' '}
            <span class="muted">{percent(share(part.value))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The fill of a part, beside its name. */
const Swatch = ({ name }: { readonly name: string }): VNode => (
  <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
    <rect class={`part ${name}`} width="12" height="12" />
  </svg>
);

const percent100 = (share: number) => `${share * 100}%`;
