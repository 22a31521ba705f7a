import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAGE, product, SYSTEM } from './product.mjs';
import { print, table } from './report.mjs';
import { sum } from './statistics.mjs';

const HOLD = fileURLToPath(new URL('at-entry.pl', import.meta.url));
const LIMIT_MS = 10_000;
const SHOWN = 10;

const { count, shift, subtract, union } = product;

/**
 * Private file pages at program entry, page by page: every dynamic program of the list and of /usr/bin
 * is started and held where it is about to execute its first instruction.
 */
export async function atEntry(programs, directory) {
  print('\n## File pages at program entry\n');
  const paths = programs.map(({ path }) => path);
  const held = [];
  const left = new Map();
  for (const path of new Set([...paths, ...product.elfFiles(['/usr/bin'])])) {
    const prediction = predictedObjects(path);
    if (!prediction) continue;
    const found = await liveObjects(prediction.program, directory);
    if (typeof found === 'string') left.set(found, [...(left.get(found) ?? []), path]);
    else held.push({ path, objects: compareObjects(prediction.objects, found) });
  }
  if (held.length > 0) summary(held);
  for (const [why, [path, ...others]] of left) {
    print(`\nNot held: \`${path}\`${others.length ? ` and ${others.length} more` : ''}: ${why}`);
  }
}

function summary(held) {
  const all = held.flatMap(({ objects }) => objects);
  const total = (of, objects = all) => sum(objects.map((object) => count(object[of])));
  const isExact = ({ missing, surplus }) => count(missing) + count(surplus) === 0;
  const exact = held.filter(({ objects }) => objects.every(isExact));
  print(
    `The same pages in ${exact.length} of ${held.length} dynamic programs, which have ${all.length} objects ` +
      `(program, loader, libraries): ${total('predicted')} pages predicted, ${total('found')} found, ` +
      `${total('missing')} missing from the prediction, ${total('surplus')} too many. ` +
      `The ${SHOWN} programs with the most:\n`,
  );
  const rows = held
    .map(({ path, objects }) => [
      `\`${path.split('/').at(-1)}\``,
      objects.length,
      ...['predicted', 'found', 'missing', 'surplus'].map((of) => total(of, objects)),
    ])
    .sort((a, b) => b[3] - a[3]);
  table(['program', 'objects', 'predicted', 'found', 'missing', 'too many'], rows.slice(0, SHOWN));
  for (const { path, objects } of held) {
    for (const object of objects.filter((o) => !isExact(o))) {
      print(
        `\n\`${path}\`, ${object.name}: missing ${places(object.missing)}; too many ${places(object.surplus)}.`,
      );
    }
  }
}

/** Bytes from the object's first page on, for readelf. */
const places = (pages) => {
  const hex = pages.map((page) => `0x${(page * PAGE).toString(16)}`);
  return hex.length === 0
    ? 'none'
    : hex.flatMap((start, i) => (i % 2 ? [] : [`${start}…${hex[i + 1]}`])).join(', ');
};

/** Private file pages of each object, counted from its first page; undefined for a static program. */
function predictedObjects(path) {
  const { program } = product.loadProgram(path);
  if (!program?.interpreter) return undefined;
  const conditions = { system: SYSTEM, workload: product.START_UP, aslr: false };
  const { cost } = product.estimate(program, conditions);
  const regions = cost?.regions.filter(({ kind }) => kind === 'code' || kind === 'data');
  return regions && { program, objects: privateByObject(regions) };
}

/** The same in a process held at its entry point; a string says why not. */
async function liveObjects(program, directory) {
  const { path } = program;
  const holder = spawn('perl', [HOLD, path], { cwd: directory });
  const timer = setTimeout(() => holder.kill('SIGKILL'), LIMIT_MS);
  try {
    const said = await firstWords(holder);
    const [pid, entry] = said.split(' ').map(Number);
    if (!entry) return said.trim() || 'it did not come that far.';
    const counter = readFileSync(`/proc/${pid}/syscall`, 'utf8').trim().split(' ').at(-1);
    if (Number(counter) !== entry) return 'it is not at its entry point.';
    const live = product.readProcess(pid, product.objectNames(program));
    return typeof live === 'string' ? live : privateByObject(live.regions);
  } catch (error) {
    return error.message;
  } finally {
    clearTimeout(timer);
    holder.stdin.end();
  }
}

/** What the child says first, on either channel. */
const firstWords = (child) =>
  new Promise((resolve) => {
    child.on('error', ({ message }) => resolve(message)); // perl is not installed
    child.on('close', () => resolve(''));
    for (const channel of [child.stdout, child.stderr]) {
      channel.once('data', (text) => resolve(text.toString()));
    }
  });

function privateByObject(regions) {
  const objects = new Map();
  for (const { object, firstPage, private: pages } of regions) {
    if (object === undefined) continue;
    const known = objects.get(object) ?? { first: firstPage, pages: [] };
    objects.set(object, { ...known, pages: union(known.pages, shift(pages, -known.first)) });
  }
  return objects;
}

/** All objects of either side; one that is on one side only has no pages on the other. */
function compareObjects(predictedOnes, foundOnes) {
  return [...new Set([...predictedOnes.keys(), ...foundOnes.keys()])].map((name) => {
    const predicted = predictedOnes.get(name)?.pages ?? [];
    const found = foundOnes.get(name)?.pages ?? [];
    return {
      name,
      predicted,
      found,
      missing: subtract(found, predicted),
      surplus: subtract(predicted, found),
    };
  });
}
