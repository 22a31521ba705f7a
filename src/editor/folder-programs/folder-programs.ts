import {
  Disposable,
  type Event,
  EventEmitter,
  type Memento,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import type { LazyBinary } from '../binaries/lazy-binary.js';
import type { LastBuilds } from '../builds/last-builds.js';
import type { View } from '../panel/view.js';
import type { Views } from '../panel/views.js';
import {
  type Choice,
  createFolderProgram,
  type FolderProgram,
  type Reason,
} from './folder-program.js';

/**
 * Which binary the source files of a workspace folder are of: the one that the user chose, or else the one
 * whose estimate was opened last, or else the one that was built last.
 */
export interface FolderPrograms extends Disposable {
  /** Fires when another binary, or another build of one, may be that of a folder. */
  readonly onDidChange: Event<void>;
  /** That of a document; undefined where nothing is known of one. Looked for when first asked for. */
  of(document: Uri): Promise<LazyBinary | undefined>;
  /** How the one of a document was found. */
  reasonOf(document: Uri): Reason | undefined;
  /** What the user chose for a folder; undefined where that is left to builds. */
  chosen(folder: WorkspaceFolder): Uri | undefined;
  /** Whether there are more files in a folder than builds were looked for among. */
  isLimited(folder: WorkspaceFolder): boolean;
  /** @param program undefined to leave it to builds */
  choose(folder: WorkspaceFolder, program: Uri | undefined): void;
}

/** @param memory what outlives a reload of this workspace */
export function createFolderPrograms(
  views: Views,
  lastBuilds: LastBuilds,
  memory: Memento,
): FolderPrograms {
  const programs = new Map<string, FolderProgram>();
  const changed = new EventEmitter<void>();
  const programOf = (folder: Uri | undefined): FolderProgram => {
    const key = folder?.toString() ?? '';
    const known = programs.get(key);
    if (known) return known;
    const choice = choiceOf(folder, memory);
    const program = createFolderProgram(folder, choice, lastBuilds, () => changed.fire());
    programs.set(key, program);
    return program;
  };
  const forget = (folder: Uri) => {
    const key = folder.toString();
    programs.get(key)?.dispose();
    programs.delete(key);
    choiceOf(folder, memory).set(undefined);
    changed.fire();
  };
  const listening = [
    followOpened(views, (program) => programOf(folderOf(program)).open(program)),
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const { uri } of removed) forget(uri);
    }),
    changed,
  ];
  return {
    onDidChange: changed.event,
    of: (document) => programOf(folderOf(document)).binary(),
    reasonOf: (document) => programOf(folderOf(document)).reason(),
    chosen: ({ uri }) => choiceOf(uri, memory).get(),
    isLimited: ({ uri }) => programOf(uri).isLimited(),
    choose: ({ uri }, program) => programOf(uri).choose(program),
    dispose: () => Disposable.from(...listening, ...programs.values()).dispose(),
  };
}

/** Files of no folder belong together. */
const folderOf = (uri: Uri): Uri | undefined => workspace.getWorkspaceFolder(uri)?.uri;

function choiceOf(folder: Uri | undefined, memory: Memento): Choice {
  if (!folder) return { get: () => undefined, set: () => {} };
  const key = `program:${folder}`;
  return {
    get() {
      const program = memory.get<unknown>(key);
      return typeof program === 'string' ? Uri.parse(program) : undefined;
    },
    set: (program) => void memory.update(key, program?.toString()),
  };
}

/**
 * Calls `open` when the user comes to an estimate, and for those that can be seen after a reload. An object
 * file that somebody looks at is not what the code is built to.
 */
function followOpened(views: Views, open: (program: Uri) => void): Disposable {
  const seen = new WeakSet<View>();
  let last: View | undefined;
  return views.onDidChange(() => {
    const active = views.active();
    for (const view of views.visible()) {
      if (!view.isLoadable()) continue;
      // After a reload they are not active yet.
      if (!seen.has(view) && view !== active) open(view.uri);
      seen.add(view);
    }
    if (active && !active.isLoadable()) return;
    if (active && active !== last) open(active.uri);
    last = active;
  });
}
