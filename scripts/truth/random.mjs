import { release } from 'node:os';
import { atRest } from './at-rest.mjs';
import { measure } from './live.mjs';
import { predicted } from './predicted.mjs';
import { product } from './product.mjs';
import { print } from './report.mjs';

export const RANDOM = '## Programs chosen at random';

const COUNT = 40;
const SEED = 1;

/**
 * Programs of /usr/bin that are in none of the other lists, in an order drawn by lot: the first that come to rest
 * without arguments, and as many as `COUNT`.
 *
 * @param listed those of the other lists
 */
export async function atRandom(listed, directory, mode) {
  const paths = new Set(listed.map(({ path }) => path));
  const order = shuffled(
    product.elfFiles(['/usr/bin']).filter((path) => !paths.has(path)),
    SEED,
  );
  const programs = [];
  let tried = 0;
  while (programs.length < COUNT && tried < order.length) {
    const path = order[tried++];
    const program = { group: 'chosen', name: path.split('/').at(-1), path, args: [] };
    if (await comesToRest(program, directory)) programs.push(program);
  }
  await atRest(programs, directory, { ...mode, title: RANDOM.slice(3) });
  print(
    `\nThe order is drawn with the seed ${SEED}. Of the first ${tried} of ${order.length} programs, ` +
      `${programs.length} waited for their standard input or for something else when started without arguments; those ` +
      `that did so again are listed. Measured on Linux ${release()}, ${new Date().toISOString().slice(0, 10)}.`,
  );
}

async function comesToRest(program, directory) {
  if (!predicted(program, false)) return false;
  const found = await measure(program, { aslr: false, count: 1, directory });
  return typeof found !== 'string' && found.processes.length > 0;
}

/** Fisher and Yates' shuffle with numbers of Marsaglia's xorshift. */
function shuffled(items, seed) {
  const all = [...items];
  let state = seed;
  for (let i = all.length - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const other = (state >>> 0) % (i + 1);
    [all[i], all[other]] = [all[other], all[i]];
  }
  return all;
}
