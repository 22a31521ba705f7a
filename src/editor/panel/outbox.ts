import type { Webview } from 'vscode';
import type { ToPanel } from '../../protocol.js';

/** What a webview shows, each as it is now: a message of that kind, if there is something to say yet. */
export interface Parts {
  program(): Content | undefined;
  measuring(): Message<'measuring'>;
  comparing(): Message<'comparing'>;
}

export type Content = Message<'program'> | Message<'unreadable'>;
type Message<K extends ToPanel['kind']> = Extract<ToPanel, { kind: K }>;

/** What is said once, and waits for the webview and a program to be there. */
export type Wish = Message<'processes' | 'whatIfs' | 'goTo' | 'goToMeasured'>;

/**
 * What is to be said to a webview. A hidden one is gone, and messages to it are lost: whenever it says that it
 * is ready, it is told everything again.
 */
export interface Outbox {
  isOpen(): boolean;
  /** The webview is ready. */
  open(): void;
  /** It is hidden. */
  close(): void;
  /** Says what has changed, now or when the webview is ready. */
  tell(part: keyof Parts): void;
  /** Asks for something, now or when a program is there; of the same kind, what was asked for last counts. */
  ask(wish: Wish): void;
}

export function createOutbox(webview: Webview, parts: Parts): Outbox {
  let isOpen = false;
  let wishes: readonly Wish[] = [];

  const post = (message: ToPanel | undefined) => {
    if (isOpen && message) void webview.postMessage(message);
  };
  const tell = (part: keyof Parts) => {
    post(parts[part]());
    if (part === 'program') flush();
  };
  const flush = () => {
    if (!isOpen || parts.program()?.kind !== 'program') return;
    for (const wish of wishes) post(wish);
    wishes = [];
  };
  return {
    isOpen: () => isOpen,
    open() {
      isOpen = true;
      tell('measuring');
      tell('comparing');
      tell('program');
    },
    close() {
      isOpen = false;
    },
    tell,
    ask(wish) {
      wishes = [...wishes.filter(({ kind }) => kind !== wish.kind), wish];
      flush();
    },
  };
}
