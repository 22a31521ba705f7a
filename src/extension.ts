import type { ExtensionContext, TreeItem } from 'vscode';
import { createBudgetProblems } from '#editor/budgets/budget-problems.js';
import { createProgramTree } from '#editor/programs/program-tree.js';
import { createLastBuilds } from './editor/builds/last-builds.js';
import { registerCodeHovers } from './editor/code/code-hovers.js';
import { registerCodeLenses } from './editor/code/code-lenses.js';
import { createMapPrograms } from './editor/code/map-programs.js';
import { createReadAhead } from './editor/code/read-ahead.js';
import { registerCommands } from './editor/commands.js';
import { registerEstimateTool } from './editor/estimate-tool.js';
import { createFolderPrograms } from './editor/folder-programs/folder-programs.js';
import { registerProgramCommands } from './editor/folder-programs/program-menu.js';
import { displayLanguage } from './editor/language.js';
import { registerCustomEditor } from './editor/panel/custom-editor.js';
import { createPanels } from './editor/panel/panels.js';
import { createViews } from './editor/panel/views.js';
import { createSections } from './editor/sections-document.js';
import { registerSectionsLanguage } from './editor/sections-language.js';
import { createStatusBar } from './editor/status-bar.js';
import { speak } from './language.js';

/** What other code in the extension host may ask of a running Pagecost. */
export interface Api {
  /** The status bar's text; undefined while it shows nothing. */
  statusText(): string | undefined;
  /** The items of the view of programs, in order. */
  programItems(): readonly TreeItem[];
}

/**
 * Only registers: a binary is read when one is opened, a budget names it or there is code of it, and not
 * before. That is why the languages of code are among the activation events: hovers have none of their own.
 */
export function activate({ subscriptions, workspaceState }: ExtensionContext): Api {
  speak(displayLanguage());
  const lastBuilds = createLastBuilds(workspaceState);
  const views = createViews(lastBuilds);
  const sections = createSections();
  const panels = createPanels(views);
  const folderPrograms = createFolderPrograms(views, lastBuilds, workspaceState);
  const mapPrograms = createMapPrograms(lastBuilds);
  const statusBar = createStatusBar(views, sections, folderPrograms, lastBuilds);
  const programs = createProgramTree(lastBuilds);
  subscriptions.push(
    views,
    sections,
    panels,
    folderPrograms,
    mapPrograms,
    statusBar,
    programs,
    registerCustomEditor(views),
    registerSectionsLanguage(sections, views),
    registerCodeHovers(views, folderPrograms, mapPrograms),
    registerCodeLenses(views, folderPrograms),
    createReadAhead(folderPrograms),
    registerCommands(views, panels),
    registerProgramCommands(folderPrograms),
    registerEstimateTool(),
    createBudgetProblems(),
  );
  return { statusText: statusBar.text, programItems: programs.items };
}
