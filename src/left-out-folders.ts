/** Folders that no build writes its programs to, by name: none is looked into. */
export const LEFT_OUT_FOLDERS: readonly string[] = ['.git', 'node_modules'];

/** Whether a path, with `/` between names, leads through such a folder. */
export const isLeftOut = (path: string): boolean =>
  path
    .split('/')
    .slice(0, -1)
    .some((name) => LEFT_OUT_FOLDERS.includes(name));
