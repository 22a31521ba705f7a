/**
 * Predictions against live processes of this machine: `npm run truth`.
 *
 * Starts programs and reads from /proc what they hold: file pages at program entry, page by page;
 * tables and private pages at rest, with addresses fixed and randomised; a thousand processes of
 * the samples at once against the growth of the whole system; what-ifs against builds that have
 * them; programs built in all ways that linkers know, region by region; programs that nobody chose.
 * With --entry, --levers, --shapes or --random, that only; with --write, what is printed goes into
 * docs/accuracy.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { atOnce } from './truth/at-once.mjs';
import { atRest } from './truth/at-rest.mjs';
import { atEntry } from './truth/entry.mjs';
import { tablesFromPages } from './truth/from-pages.mjs';
import { LEVERS, levers } from './truth/levers.mjs';
import { SYSTEM } from './truth/product.mjs';
import { programs as programsIn } from './truth/programs.mjs';
import { atRandom, RANDOM } from './truth/random.mjs';
import { print, report } from './truth/report.mjs';
import { SHAPES, shapes } from './truth/shapes.mjs';
import { distributions } from './truth/shares.mjs';
import { tenThousand } from './truth/ten-thousand.mjs';

const FIXED = { title: 'Addresses fixed', aslr: false, batch: 2, most: 2, limit: 0, near: 'exact' };
const RANDOMISED = {
  title: 'Addresses randomised',
  aslr: true,
  batch: 50,
  most: 200,
  limit: 0.2,
  near: 'within 0.2',
};

const directory = mkdtempSync(join(tmpdir(), 'pagecost-truth-')); // some write files where they are
process.on('exit', () => {
  rmSync(directory, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const day = new Date().toISOString().slice(0, 10);
print(`${SYSTEM.name}; here ${release()}, ${cpus()[0]?.model}, ${cLibrary()}, ${day}.`);
const programs = programsIn(directory);
const only = ['--entry', '--levers', '--shapes', '--random'].find((option) =>
  process.argv.includes(option),
);
if (!only || only === '--entry') await atEntry(programs, directory);
if (!only) await rest();
if (!only || only === '--levers') await levers(directory);
if (!only || only === '--shapes') await shapes(directory);
if (!only || only === '--random') await atRandom(programs, directory, FIXED);
if (process.argv.includes('--write')) write();
process.exit();

async function rest() {
  const samples = programs.filter(({ group }) => group === 'samples');
  const still = await atRest(programs, directory, FIXED);
  const moved = await atRest(programs, directory, RANDOMISED);
  const shown = ({ program }) => program.group === 'samples' || program.name === 'cat';
  distributions(moved.filter(shown));
  tablesFromPages([...still, ...moved]);
  await atOnce(samples, directory);
  tenThousand(samples);
}

function write() {
  const path = join(ROOT, 'docs/accuracy.md');
  const section = { '--levers': LEVERS, '--shapes': SHAPES, '--random': RANDOM }[only];
  if (section) {
    // What comes before and behind stays as it was measured.
    const old = readFileSync(path, 'utf8');
    const begin = old.includes(section) ? old.indexOf(section) : old.length;
    const next = [LEVERS, SHAPES, RANDOM].map((heading) => old.indexOf(heading, begin + 1));
    const end = Math.min(...next.filter((at) => at > begin), old.length);
    const text = report().slice(report().indexOf(section)).trimEnd();
    const behind = end < old.length ? `\n${old.slice(end)}` : '';
    return writeFileSync(path, `${old.slice(0, begin).trimEnd()}\n\n${text}\n${behind}`);
  }
  const heading = `# Accuracy

Written by \`npm run truth -- --write\`: the model against live processes of one machine. A prediction is from
files alone, at the end of start-up; a program that does more at its start has more, and is listed all the same.
Nothing is tuned to a program. \`sample\` has the first five; they ask malloc for 1,076 bytes in five requests.
`;
  writeFileSync(path, `${heading}\n${report()}\n`);
}

function cLibrary() {
  const { stdout } = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' });
  return stdout?.trim() || 'no glibc';
}
