import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';

/** Of files that are on no machine. */
const SCHEME = 'pagecost-test';

export interface MemoryFiles extends Disposable {
  /** The URI of a path, which begins with a slash. */
  at(path: string): Uri;
  /** @param size what the file says it has */
  write(path: string, content: Uint8Array, size?: number): void;
  /** The same, and nobody who watches is told. */
  writeUntold(path: string, content: Uint8Array): void;
}

interface Entry {
  readonly content: Uint8Array;
  readonly size: number;
  readonly mtime: number;
}

/** Provides files that exist in memory alone, as a virtual workspace does. */
export function provideMemoryFiles(): MemoryFiles {
  const files = new Map<string, Entry>();
  const changed = new EventEmitter<FileChangeEvent[]>();
  const at = (path: string) => Uri.from({ scheme: SCHEME, path });
  const entry = (uri: Uri): Entry => {
    const found = files.get(uri.path);
    if (!found) throw FileSystemError.FileNotFound(uri);
    return found;
  };
  const namesIn = (folder: string) => {
    const start = folder === '/' ? folder : `${folder}/`;
    const below = [...files.keys()].filter((path) => path.startsWith(start));
    return [...new Set(below.map((path) => path.slice(start.length)))];
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new Disposable(() => {}),
    stat(uri): FileStat {
      const isFolder = namesIn(uri.path).length > 0;
      if (isFolder) return { type: FileType.Directory, size: 0, ctime: 0, mtime: 0 };
      const { size, mtime } = entry(uri);
      return { type: FileType.File, size, ctime: 0, mtime };
    },
    readFile: (uri) => entry(uri).content,
    readDirectory: ({ path }) =>
      namesIn(path).map((name) => {
        const [first = '', ...others] = name.split('/');
        return [first, others.length > 0 ? FileType.Directory : FileType.File];
      }),
    createDirectory() {},
    writeFile: ({ path }, content) => write(path, content),
    delete() {},
    rename() {},
  };
  const writeUntold = (path: string, content: Uint8Array, size = content.length) => {
    files.set(path, { content, size, mtime: Date.now() });
  };
  const write = (path: string, content: Uint8Array, size?: number) => {
    const type = files.has(path) ? FileChangeType.Changed : FileChangeType.Created;
    writeUntold(path, content, size);
    changed.fire([{ type, uri: at(path) }]);
  };
  const registered = workspace.registerFileSystemProvider(SCHEME, provider);
  return {
    at,
    write,
    writeUntold,
    dispose: () => Disposable.from(registered, changed).dispose(),
  };
}
