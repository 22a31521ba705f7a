import { TabInputCustom, TabInputText, type Uri, window } from 'vscode';
import { binaryOfSections, SECTIONS } from './sections-document.js';
import type { Views } from './views.js';
import { whyNoProgram } from './why-no-program.js';

/**
 * The binary the user is looking at, in whatever editor; undefined if it is no binary.
 * @param isOne whether a file counts as one
 */
export async function activeBinary(
  views: Views,
  isOne: (file: Uri) => Promise<boolean>,
): Promise<Uri | undefined> {
  const view = views.active();
  if (view) return view.uri;
  // A page of no file, as that of the first steps: it may be about what is beside it.
  if (activeInput() === undefined) return views.visible()[0]?.uri;
  const file = activeFile();
  if (file?.scheme === SECTIONS) return binaryOfSections(file);
  return file && (await isOne(file)) ? file : undefined;
}

/** Why the file in the editor, which is no binary, is none; undefined where there is no file. */
export async function whyNotActive(): Promise<string | undefined> {
  const file = activeFile();
  return file && file.scheme !== 'untitled' ? whyNoProgram(file) : undefined;
}

const activeInput = (): unknown => window.tabGroups.activeTabGroup.activeTab?.input;

function activeFile(): Uri | undefined {
  const input = activeInput();
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}
