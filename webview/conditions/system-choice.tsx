import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { PanelState } from '../../src/protocol.js';
import type { System } from '../../src/system/system.js';
import { Dropdown } from '../controls.js';

const DETECTED = 'detected';

/** The system to estimate for: the one the binary is made for, or another it could run on. */
export const SystemChoice = (props: {
  readonly systems: readonly System[];
  readonly choices: PanelState;
  readonly update: (change: Partial<PanelState>) => void;
}): VNode => (
  <Dropdown
    label={l10n.t('System')}
    value={props.choices.systemId ?? DETECTED}
    choices={[
      { value: DETECTED, label: l10n.t('As detected') },
      ...props.systems.map(({ id, name }) => ({ value: id, label: l10n.t(name) })),
    ]}
    onChange={(id) => props.update({ systemId: id === DETECTED ? undefined : id })}
  />
);
