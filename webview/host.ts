import type { FromPanel, PanelState, ToPanel } from '../src/protocol.js';

interface Host {
  postMessage(message: FromPanel): void;
  getState(): PanelState | undefined;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): Host;

// It may be acquired once only, and nothing outside this module needs it.
const host = acquireVsCodeApi();

/** Tells the extension host something. */
export const post = (message: FromPanel): void => host.postMessage(message);

/** What the panel showed before the window was reloaded; undefined the first time. */
export const savedState = (): PanelState | undefined => host.getState();

/** Keeps the choices for the next reload. */
export const saveState = (state: PanelState): void => host.setState(state);

/** Calls `use` with each message of the extension host; returns how to stop. */
export function onMessage(use: (message: ToPanel) => void): () => void {
  const listener = (event: MessageEvent<ToPanel>) => use(event.data);
  window.addEventListener('message', listener);
  return () => window.removeEventListener('message', listener);
}
