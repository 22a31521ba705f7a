import { version } from '../../package.json';
import type { Base, KeptBase, PanelState } from '../../src/protocol.js';

/** Characters of a program. One of 57 libraries takes 300,000; what a file makes us keep has to end somewhere. */
const MAX_KEPT = 1 << 20;

/** The state with what the program is compared with. */
export const withBase = (state: PanelState, base: Base | undefined): PanelState => ({
  ...state,
  version,
  base: base && base.program.length <= MAX_KEPT ? base : undefined,
});

/** What the program of a state was compared with; undefined of a state that another version has saved. */
export const keptBase = (state: PanelState | undefined): KeptBase | undefined =>
  state?.base && state.version === version ? { uri: state.uri, base: state.base } : undefined;
