import { type Uri, workspace } from 'vscode';

/** Patterns that are taken; each is a search of its own. */
const MOST = 50;

/** Where builds of a folder write their programs, as the setting says. What is no text is not taken. */
export function programGlobs(folder: Uri): string[] {
  const globs: unknown = workspace.getConfiguration('pagecost', folder).get('programs');
  if (!Array.isArray(globs)) return [];
  return globs.filter((glob) => typeof glob === 'string' && glob !== '').slice(0, MOST);
}
