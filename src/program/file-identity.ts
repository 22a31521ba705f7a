import { type BigIntStats, statSync } from 'node:fs';

/** Device and inode: the same for all paths to one file. */
export const identityOf = ({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string =>
  `${dev}:${ino}`;

/** That of the file at `path`, symbolic links followed; undefined where there is none. */
export function fileIdentity(path: string): string | undefined {
  try {
    return identityOf(statSync(path, { bigint: true }));
  } catch {
    return undefined;
  }
}
