/** Names in the path of a URI, whose separator is the slash everywhere: node:path is not in a browser. */

/** The last name. */
export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** All before the last name; a dot where there is nothing before it. */
export function dirname(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end) || '/';
}

/** The names from a folder on, which may be the root, to a path below it; undefined where it is not below. */
export function pathBelow(folder: string, path: string): string | undefined {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}
