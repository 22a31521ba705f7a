import {
  CancellationTokenSource,
  commands,
  Disposable,
  EventEmitter,
  l10n,
  type TreeItem,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { isLeftOut } from '../left-out-folders.js';
import { inSlices, type Steps } from '../steps.js';
import { messageOf } from './errors.js';
import { followBuilds } from './follow-builds.js';
import type { LastBuilds } from './last-builds.js';
import { pathBelow } from './path-names.js';
import { failedItem, programItem } from './program-items.js';
import {
  type FailedProgram,
  type Scan,
  type ScannedProgram,
  scanPrograms,
} from './program-scan.js';

const VIEW = 'pagecost.programs';

/** The view of the workspace's programs, the dearest first. */
export interface ProgramTree extends Disposable {
  /** Its items, in order. */
  items(): readonly TreeItem[];
}

type Node = ScannedProgram | FailedProgram;

const NONE: Scan = {
  programs: [],
  failed: [],
  limited: false,
  elsewhere: false,
  unthreaded: undefined,
};

/**
 * Nothing is read before the view is seen, which is collapsed until somebody opens it in this workspace: so
 * it was asked for, and does its work in Restricted Mode, too. While it is hidden, changes wait.
 */
export function createProgramTree(lastBuilds: LastBuilds): ProgramTree {
  const changed = new EventEmitter<void>();
  let last = NONE;
  let stale = true;
  let scanning: CancellationTokenSource | undefined;

  const nodes = (): readonly Node[] => [...last.programs, ...last.failed];
  const view = window.createTreeView<Node>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node ? [] : [...nodes()]),
      getTreeItem: (node) => itemOf(node, lastBuilds),
    },
    showCollapseAll: false,
  });

  /** @param asked whether the user did; else what there was stays while a linker is at work */
  const scan = async (asked = false) => {
    scanning?.cancel();
    const turn = new CancellationTokenSource();
    scanning = turn;
    stale = false;
    setContext('scanning', true);
    setContext('noPrograms', false);
    if (nodes().length === 0) view.message = l10n.t('Looking for programs…');
    try {
      const found = await scanPrograms(turn.token);
      if (scanning !== turn) return;
      const isSettled = !builds.isWaiting();
      if (!isSettled && !asked && nodes().length > 0) return;
      const stopped = turn.token.isCancellationRequested;
      if (isSettled) await inSlices(noting(found.programs, lastBuilds));
      if (scanning !== turn) return;
      // A part of the programs is better than none, but not than what was there before.
      if (!stopped || nodes().length === 0) last = found;
      view.message = remark(stopped, last);
      setContext('noPrograms', nodes().length === 0 && view.message === '');
      changed.fire();
    } catch (error) {
      if (scanning !== turn) return;
      view.message = l10n.t('The workspace could not be searched: {0}', messageOf(error));
    } finally {
      turn.dispose();
      if (scanning === turn) {
        scanning = undefined;
        setContext('scanning', false);
      }
    }
  };
  const scanWithProgress = (asked = false) =>
    void window.withProgress({ location: { viewId: VIEW } }, () => scan(asked));
  const whenSeen = () => {
    if (view.visible && stale) scanWithProgress();
  };
  const again = () => {
    stale = true;
    whenSeen();
  };
  const following = {
    isLeftOut: (uri: Uri) => (stale && !view.visible) || isLeftOut(nameInFolder(uri)),
    known: () => nodes().map(({ uri }) => uri),
  };

  const builds = followBuilds(['**/*'], following, again);
  const all = Disposable.from(
    changed,
    view,
    builds,
    view.onDidChangeVisibility(whenSeen),
    workspace.onDidChangeWorkspaceFolders(again),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pagecost')) again();
    }),
    commands.registerCommand('pagecost.refreshPrograms', () => scanWithProgress(true)),
    commands.registerCommand('pagecost.stopPrograms', () => scanning?.cancel()),
  );
  whenSeen();
  return {
    items: () => nodes().map((node) => itemOf(node, lastBuilds)),
    dispose() {
      scanning?.cancel();
      all.dispose();
    },
  };
}

/** In steps, for each asks for settings and the loader's cache. */
function* noting(programs: readonly ScannedProgram[], lastBuilds: LastBuilds): Steps<void> {
  for (const program of programs) {
    lastBuilds.note(program.uri, program);
    yield;
  }
}

/** The path of a file of the workspace, from its folder on: that itself may be anywhere. */
const nameInFolder = (uri: Uri): string =>
  pathBelow(workspace.getWorkspaceFolder(uri)?.uri.path ?? '', uri.path) ?? uri.path;

const itemOf = (node: Node, lastBuilds: LastBuilds): TreeItem =>
  'reason' in node ? failedItem(node) : programItem(node, lastBuilds.changeOf(node.uri));

const setContext = (name: string, value: boolean) =>
  void commands.executeCommand('setContext', `pagecost.${name}`, value);

/** What the list does not have; nothing where it has everything. */
function remark(stopped: boolean, { limited, elsewhere, unthreaded }: Scan): string {
  if (stopped) return l10n.t('The search was stopped before its end.');
  if (limited) return l10n.t('Only a part of this large workspace was searched.');
  if (unthreaded !== undefined) {
    return l10n.t('VS Code may have been slow during the search: {0}', unthreaded);
  }
  if (elsewhere) return l10n.t('Folders that are not on this machine were not searched.');
  return '';
}
