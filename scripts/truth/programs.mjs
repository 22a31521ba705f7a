import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../root.mjs';
import { builds } from './builds.mjs';
import { product } from './product.mjs';

const SAMPLES = [
  'tiny-nolibc',
  'tiny-musl',
  'tiny-musl-dynamic',
  'tiny-glibc-static',
  'tiny-glibc',
];

/** What waits for its standard input, or for time to pass. Those not installed are left out. */
const SMALL_TOOLS = commands(
  `cat, sleep 100, sed p, grep x, sort, wc, tee /dev/null, tr a b, head, tail -f /dev/null, cut -c1,
  uniq, md5sum, sha256sum, tac, nl, od, rev, column, fold, paste, xargs, diff - /dev/null, base64,
  expand, comm - /dev/null, split, fmt, pr, ptx, shuf, tsort, ed, more, factor, numfmt, cksum, b2sum,
  sum, unexpand, timeout 100 cat, patch`,
);
/** Shells, interpreters, compressors, tools for programmers, a pager. */
const LARGER = commands(
  `dash, bash, mawk 1, gzip, xz, bzip2, zstd, python3, perl, node -, tclsh, gdb -q, bc, make -f -,
  as, cpp, strings, c++filt, sqlite3, jq ., less`,
);

/**
 * The programs to be measured. Those of one group are summed up together; `heap` is what a program asks
 * malloc for where that is known.
 */
export const programs = (directory) => [
  ...SAMPLES.map((name) => ({
    group: 'samples',
    name,
    path: join(ROOT, 'sample', name),
    args: [],
    heap: product.BERNSTEIN_REQUESTS,
  })),
  ...builds(directory),
  ...SMALL_TOOLS.map((tool) => ({ ...tool, group: 'small tools' })),
  ...LARGER.map((tool) => ({ ...tool, group: 'larger programs' })),
];

function commands(text) {
  return text.split(',').flatMap((command) => {
    const [name, ...args] = command.trim().split(' ');
    const path = onPath(name);
    return path ? [{ name: [name, ...args].join(' '), path, args, heap: undefined }] : [];
  });
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
