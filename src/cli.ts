import { version } from '../package.json';
import { type Command, WrongUsage } from './cli-options.js';
import { printableText } from './format.js';

const WRONG_USAGE = 2;

/**
 * By the first word; any other first word is a file to estimate, or an option of that. Each is loaded when it
 * is asked for: with all that some of them need of Node.js, a start takes half as long again.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['measure', async () => (await import('./cli-measure.js')).MEASURE],
  ['check', async () => (await import('./cli-check.js')).CHECK],
  ['diff', async () => (await import('./cli-diff.js')).DIFF],
  ['what-if', async () => (await import('./cli-what-if.js')).WHAT_IF],
  ['rank', async () => (await import('./cli-rank.js')).RANK],
]);

const estimate = async () => (await import('./cli-estimate.js')).ESTIMATE;

/** A reader that has seen enough, `head` for one, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

/** Of a terminal that was closed meanwhile: nobody is left to tell. */
process.stderr.on('error', () => {});

main(process.argv.slice(2));

async function main(words: readonly string[]) {
  const [first = '', ...rest] = words;
  const named = COMMANDS.get(first);
  const command = await (named ?? estimate)();
  const args = named ? rest : words;
  const options = beforeTerminator(args);
  if (options.some((arg) => arg === '--help' || arg === '-h')) process.stdout.write(command.help);
  else if (options.includes('--version')) process.stdout.write(`${version}\n`);
  else await run(command, args, named ? `${first} --help` : '--help');
}

/** What follows `--` is for a program, or names a file. */
function beforeTerminator(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

async function run(command: Command, args: readonly string[], help: string) {
  try {
    await command.run(args);
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    process.stderr.write(`pagecost: ${printableText(error.message)}\nSee pagecost ${help}.\n`);
    process.exitCode = WRONG_USAGE;
  }
}
