import { TabInputCustom, TabInputText, type Uri, window } from 'vscode';
import { isBinary } from './find-binaries.js';
import { binaryOfSections, SECTIONS } from './sections-document.js';
import type { Views } from './views.js';

/** The binary the user is looking at, in whatever editor; undefined if it is no binary. */
export async function activeBinary(views: Views): Promise<Uri | undefined> {
  const view = views.active();
  if (view) return view.uri;
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  // A page of no file, as that of the first steps: it may be about what is beside it.
  if (input === undefined) return views.visible()[0]?.uri;
  if (!(input instanceof TabInputText || input instanceof TabInputCustom)) return undefined;
  if (input.uri.scheme === SECTIONS) return binaryOfSections(input.uri);
  return (await isBinary(input.uri)) ? input.uri : undefined;
}
