import {
  Disposable,
  type Event,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Binary } from '../binary/binary.js';
import { isCutOff } from '../binary/diagnostic.js';
import type { Cost } from '../model/cost.js';
import { estimate } from '../model/estimate.js';
import { START_UP } from '../model/workload.js';
import { type Figure, figureOf } from '../protocol.js';
import { type SectionsText, sectionsText, unreadableText } from '../report/sections-text.js';
import { followProgram } from './binaries/follow-program.js';
import type { Reading } from './binaries/reading.js';
import { basename } from './path-names.js';
import { settingsFor } from './settings.js';

export const SECTIONS = 'pagecost-sections';

/** What the text view of a binary shows. */
export interface SectionsPage extends SectionsText {
  readonly uri: Uri;
  /** Undefined where the file could not be read, or is no process. */
  readonly binary: Binary | undefined;
  readonly cost: Cost | undefined;
}

/** The sections of binaries as read-only documents that follow their files. */
export interface Sections extends Disposable {
  readonly onDidChange: Event<Uri>;
  /** What a document of these shows; undefined for any other, and before it was read. */
  page(document: Uri): SectionsPage | undefined;
}

/** The document that shows the sections of the binary at a URI. */
export const sectionsUri = (uri: Uri): Uri =>
  Uri.from({ scheme: SECTIONS, path: `${uri.path}.sections`, query: uri.toString() });

/** The binary that a document of sections is about. */
export const binaryOfSections = (document: Uri): Uri => Uri.parse(document.query);

export function createSections(): Sections {
  const open = new Map<string, OpenDocument>();
  const changed = new EventEmitter<Uri>();

  const follow = (uri: Uri): OpenDocument => {
    const document = openDocument(uri, () => changed.fire(uri));
    open.set(uri.toString(), document);
    return document;
  };
  const close = (uri: Uri) => {
    open.get(uri.toString())?.dispose();
    open.delete(uri.toString());
  };
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const document = open.get(uri.toString()) ?? follow(uri);
      await document.first;
      return document.page()?.text;
    },
  };
  const registered = Disposable.from(
    workspace.registerTextDocumentContentProvider(SECTIONS, provider),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SECTIONS) close(uri);
    }),
    workspace.onDidChangeConfiguration((change) => {
      for (const { binary, again } of open.values()) {
        if (change.affectsConfiguration('pagecost', binary)) again();
      }
    }),
    changed,
  );
  return {
    onDidChange: changed.event,
    page: (document) => open.get(document.toString())?.page(),
    dispose: () => Disposable.from(registered, ...open.values()).dispose(),
  };
}

/** A document of sections while it is open. */
interface OpenDocument extends Disposable {
  readonly binary: Uri;
  /** Resolves when the file was read for the first time. */
  readonly first: Promise<void>;
  page(): SectionsPage | undefined;
  /** Writes the page again, by the settings of now. */
  again(): void;
}

/** @param changed called when there is another page */
function openDocument(document: Uri, changed: () => void): OpenDocument {
  const binary = binaryOfSections(document);
  let latest: Reading | undefined;
  let page: SectionsPage | undefined;
  let release = () => {};
  const first = new Promise<void>((resolve) => {
    release = resolve;
  });
  const show = (reading: Reading) => {
    page = pageOf(binary, reading);
    latest = reading;
    changed();
  };
  const following = followProgram(binary, (reading) => {
    show(reading);
    release();
  });
  return {
    binary,
    first,
    page: () => page,
    again: () => latest && show(latest),
    dispose() {
      following.dispose();
      release();
    },
  };
}

/** Opens the text view of a binary. */
export async function showSections(uri: Uri): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(sectionsUri(uri)));
}

/**
 * What the status bar says, as far as the text view knows it: at start-up, by the settings. Nothing of a file
 * that is there in part, of which only the text says so.
 */
export const pageFigure = ({ uri, binary, cost }: SectionsPage): Figure | undefined =>
  binary && cost && !isCutOff(binary.diagnostics)
    ? figureOf(cost, settingsFor(uri).processes)
    : undefined;

function pageOf(uri: Uri, { program, diagnostics }: Reading): SectionsPage {
  const fileName = basename(uri.path);
  if (!program) {
    const text = unreadableText(fileName, diagnostics);
    return { uri, binary: undefined, cost: undefined, ...text };
  }
  const { binary } = program;
  const { aslr } = settingsFor(uri);
  const estimated = estimate(program, { system: undefined, workload: START_UP, aslr });
  // The reader's own findings are in both.
  const remarks = [...new Set([...diagnostics, ...estimated.diagnostics])];
  const text = sectionsText(fileName, binary, estimated.cost, remarks);
  return { uri, binary, cost: estimated.cost, ...text };
}
