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
  const open = new Map<string, Disposable>();
  const pages = new Map<string, SectionsPage>();
  const readings = new Map<string, Reading>();
  const changed = new EventEmitter<Uri>();

  const show = (document: Uri, reading: Reading) => {
    const key = document.toString();
    pages.set(key, pageOf(binaryOfSections(document), reading));
    readings.set(key, reading);
    changed.fire(document);
  };
  const follow = (document: Uri) =>
    new Promise<void>((resolve) => {
      const key = document.toString();
      open.get(key)?.dispose();
      const following = followProgram(binaryOfSections(document), (reading) => {
        show(document, reading);
        resolve();
      });
      open.set(key, following);
    });
  const close = (document: Uri) => {
    const key = document.toString();
    open.get(key)?.dispose();
    open.delete(key);
    pages.delete(key);
    readings.delete(key);
  };
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(document) {
      const key = document.toString();
      if (!open.has(key)) await follow(document);
      return pages.get(key)?.text;
    },
  };
  const registered = Disposable.from(
    workspace.registerTextDocumentContentProvider(SECTIONS, provider),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SECTIONS) close(uri);
    }),
    workspace.onDidChangeConfiguration((change) => {
      for (const [key, reading] of readings) {
        const document = Uri.parse(key);
        const affected = change.affectsConfiguration('pagecost', binaryOfSections(document));
        if (affected) show(document, reading);
      }
    }),
    changed,
  );
  return {
    onDidChange: changed.event,
    page: (document) => pages.get(document.toString()),
    dispose() {
      registered.dispose();
      for (const following of open.values()) following.dispose();
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
