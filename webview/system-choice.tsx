import type { VNode } from 'preact';
import type { PanelState } from '../src/protocol.js';
import type { System } from '../src/system/system.js';
import { Dropdown } from './controls.js';

const DETECTED = 'detected';

/** The system to estimate for: the one the binary is made for, or another it could run on. */
export const SystemChoice = (props: {
  readonly systems: readonly System[];
  readonly choices: PanelState;
  readonly update: (change: Partial<PanelState>) => void;
}): VNode => (
  <Dropdown
    label="System"
    value={props.choices.systemId ?? DETECTED}
    choices={[
      { value: DETECTED, label: 'As detected' },
      ...props.systems.map(({ id, name }) => ({ value: id, label: name })),
    ]}
    onChange={(id) => props.update({ systemId: id === DETECTED ? undefined : id })}
  />
);
