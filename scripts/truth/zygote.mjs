import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PAGE } from './product.mjs';

/** All children of one have its addresses, so there have to be several. */
const CHILDREN = 2;
/** For starting and forking; nothing is to be waited for after that. */
const REST_MS = 1500;
const KIB = 1024;

/**
 * So many forked children that wait, of a program built as a zygote: pages that each has for
 * itself, and tables. Of a child, only Private_Dirty tells that: its anonymous pages are its parent's, too.
 */
export async function measureZygote(path, count, directory) {
  const zygotes = Array.from({ length: count / CHILDREN }, () =>
    spawn(path, [String(CHILDREN)], { cwd: directory, stdio: 'ignore' }),
  );
  await delay(REST_MS);
  const children = zygotes.flatMap(({ pid }) => childrenOf(pid));
  try {
    if (children.length !== count)
      return `only ${children.length} of ${count} children were there.`;
    return {
      private: children.map((pid) => kib(pid, 'smaps_rollup', 'Private_Dirty') * (KIB / PAGE)),
      tables: children.map((pid) => kib(pid, 'status', 'VmPTE') * (KIB / PAGE)),
    };
  } finally {
    for (const pid of children) process.kill(pid, 'SIGKILL');
    const ends = zygotes.map((zygote) => once(zygote, 'exit'));
    for (const zygote of zygotes) zygote.kill('SIGKILL');
    await Promise.all(ends);
  }
}

const childrenOf = (pid) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const kib = (pid, name, field) =>
  Number(
    new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${name}`, 'utf8'))?.[1],
  );
