import assert from 'node:assert/strict';
import { commands, extensions, type Tab, Uri, window, workspace } from 'vscode';
import type { Api } from '../../../src/extension.js';

/** A file of the sample workspace, which is the folder the tests run in. */
export const sample = (name: string): Uri => {
  const folder = workspace.workspaceFolders?.[0];
  assert(folder, 'The tests need the sample folder open.');
  return Uri.joinPath(folder.uri, name);
};

export const fixture = (name: string): Uri => sample(`../test/fixtures/${name}`);

const extension = () => {
  const found = extensions.getExtension<Api>('pagecost.pagecost');
  assert(found, 'Pagecost is not installed.');
  return found;
};

export const isActive = (): boolean => extension().isActive;

export const activate = async (): Promise<Api> => extension().activate();

/**
 * Waits until `what` gives something other than undefined and false, and returns it.
 * @param name of what is waited for; a function says it once that was in vain
 */
export async function until<T>(
  name: string | (() => string),
  what: () => T | undefined | false | Promise<T | undefined | false>,
  limit = 60_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const value = await what();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) {
      const awaited = typeof name === 'string' ? name : name();
      throw new Error(`Waited ${limit} ms in vain for ${awaited}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Does something, and again now and then, until it is noticed: VS Code takes a while to watch a place. */
export const untilNoticed = (
  name: string,
  does: () => void,
  notices: () => boolean,
): Promise<unknown> =>
  until(name, async () => {
    does();
    return until(name, notices, 5000).catch(() => false);
  });

/** Waits for what asks the user, sooner or later, by a list at the top; there is nobody to choose. */
export async function unanswered(asks: Thenable<unknown>): Promise<void> {
  let asking = true;
  const done = Promise.resolve(asks).finally(() => {
    asking = false;
  });
  await until('the end of it', async () => {
    await commands.executeCommand('workbench.action.closeQuickOpen');
    return !asking;
  });
  await done;
}

export const activeTab = (): Tab | undefined => window.tabGroups.activeTabGroup.activeTab;

/**
 * Closes all editors, and waits until nothing is said of them any more: a test that follows would
 * take it for its own.
 */
export async function closeEverything(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  if (!isActive()) return;
  const { statusText } = await activate();
  await until('an empty status bar', () => statusText() === undefined);
}

/**
 * Opens the panel of a binary and nothing else, until it has a figure: the code of its folder is of
 * that binary then.
 */
export async function openAlone(binary: Uri): Promise<void> {
  await closeEverything();
  const { statusText } = await activate();
  await commands.executeCommand('pagecost.estimate10k', binary);
  await until('the figure', statusText);
}
