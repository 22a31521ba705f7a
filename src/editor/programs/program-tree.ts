import {
  commands,
  Disposable,
  EventEmitter,
  type TreeItem,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { isLeftOut } from '../../left-out-folders.js';
import { followBuilds } from '../builds/follow-builds.js';
import type { LastBuilds } from '../builds/last-builds.js';
import { pathBelow } from '../path-names.js';
import { failedItem, programItem } from './program-items.js';
import type { FailedProgram, ScannedProgram } from './program-scan.js';
import { createProgramSearch } from './program-search.js';

const VIEW = 'pagecost.programs';

/** The view of the workspace's programs, the dearest first. */
export interface ProgramTree extends Disposable {
  /** Its items, in order. */
  items(): readonly TreeItem[];
}

type Node = ScannedProgram | FailedProgram;

/**
 * Nothing is read before the view is seen, which is collapsed until somebody opens it in this workspace: so
 * it was asked for, and does its work in Restricted Mode, too. While it is hidden, changes wait.
 */
export function createProgramTree(lastBuilds: LastBuilds): ProgramTree {
  const changed = new EventEmitter<void>();
  let stale = true;

  const show = () => {
    const [isRunning, message] = [search.isRunning(), search.message()];
    view.message = message;
    setContext('scanning', isRunning);
    setContext('noPrograms', !isRunning && search.found().length === 0 && message === '');
    if (!isRunning) changed.fire();
  };
  const scan = (asked: boolean) => {
    stale = false;
    void window.withProgress({ location: { viewId: VIEW } }, () => search.run(asked));
  };
  const whenSeen = () => {
    if (view.visible && stale) scan(false);
  };
  const again = () => {
    stale = true;
    whenSeen();
  };
  const following = {
    isLeftOut: (uri: Uri) => (stale && !view.visible) || isLeftOut(nameInFolder(uri)),
    known: () => search.found().map(({ uri }) => uri),
  };
  const builds = followBuilds(['**/*'], following, again);
  const search = createProgramSearch(lastBuilds, builds, show);
  const view = window.createTreeView<Node>(VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node ? [] : [...search.found()]),
      getTreeItem: (node) => itemOf(node, lastBuilds),
    },
    showCollapseAll: false,
  });
  const all = Disposable.from(
    changed,
    view,
    search,
    builds,
    view.onDidChangeVisibility(whenSeen),
    workspace.onDidChangeWorkspaceFolders(again),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('pagecost')) again();
    }),
    commands.registerCommand('pagecost.refreshPrograms', () => scan(true)),
    commands.registerCommand('pagecost.stopPrograms', search.stop),
  );
  whenSeen();
  return {
    items: () => search.found().map((node) => itemOf(node, lastBuilds)),
    dispose: () => all.dispose(),
  };
}

/** The path of a file of the workspace, from its folder on: that itself may be anywhere. */
const nameInFolder = (uri: Uri): string =>
  pathBelow(workspace.getWorkspaceFolder(uri)?.uri.path ?? '', uri.path) ?? uri.path;

const itemOf = (node: Node, lastBuilds: LastBuilds): TreeItem =>
  'reason' in node ? failedItem(node) : programItem(node, lastBuilds.changeOf(node.uri));

const setContext = (name: string, value: boolean) =>
  void commands.executeCommand('setContext', `pagecost.${name}`, value);
