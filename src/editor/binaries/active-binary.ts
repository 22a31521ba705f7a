import { TabInputCustom, TabInputText, type Uri, window } from 'vscode';
import type { ElfHeader } from '../../binary/elf-header.js';
import type { Views } from '../panel/views.js';
import { binaryOfSections, SECTIONS } from '../sections-document.js';
import { readHeaders } from './reading.js';
import { whyNoProgram } from './why-no-program.js';

/** What the user is looking at. */
interface Active {
  /** Undefined where that is no binary. */
  readonly binary?: Uri | undefined;
  /** Why a file in an editor is none. */
  readonly why?: string;
}

/**
 * The binary the user is looking at, in whatever editor. A file is read once for it and for the reason.
 * @param isOne whether an ELF file counts as one
 */
export async function activeBinary(
  views: Views,
  isOne: (file: ElfHeader) => boolean,
): Promise<Active> {
  const view = views.active();
  if (view) return { binary: view.uri };
  // A page of no file, as that of the first steps: it may be about what is beside it.
  if (activeInput() === undefined) return { binary: views.visible()[0]?.uri };
  const file = activeFile();
  if (!file || file.scheme === 'untitled') return {};
  if (file.scheme === SECTIONS) return { binary: binaryOfSections(file) };
  const reading = await readHeaders(file);
  const { header } = reading;
  return header && isOne(header) ? { binary: file } : { why: whyNoProgram(file, reading) };
}

const activeInput = (): unknown => window.tabGroups.activeTabGroup.activeTab?.input;

function activeFile(): Uri | undefined {
  const input = activeInput();
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}
