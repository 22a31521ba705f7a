import { version } from '../package.json';
import { CHECK } from './cli/check.js';
import { DIFF } from './cli/diff.js';
import { ESTIMATE } from './cli/estimate.js';
import { MEASURE } from './cli/measure.js';
import { type Command, WrongUsage } from './cli/options.js';
import { RANK } from './cli/rank.js';
import { WHAT_IF } from './cli/what-if.js';
import { printableText } from './format.js';

const WRONG_USAGE = 2;

/** By the first word; any other first word is a file to estimate, or an option of that. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['measure', MEASURE],
  ['check', CHECK],
  ['diff', DIFF],
  ['what-if', WHAT_IF],
  ['rank', RANK],
]);

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
  const command = named ?? ESTIMATE;
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
