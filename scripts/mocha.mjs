import Mocha from 'mocha';

/**
 * Runs test files in this process and prints them as a list.
 * @param {readonly string[]} files absolute paths
 * @param {object} options
 * @param {number} options.timeout of a test, in milliseconds
 * @param {string | undefined} options.grep what a test's title must contain
 * @param {(...formatAndValues: unknown[]) => void} [options.print] console.log by default
 * @returns {Promise<{ passed: number, failed: number }>} a test that is skipped without a reason in its title
 *   has failed; one with a reason, as where a machine has no compiler, is neither
 */
export async function runMocha(files, { timeout, grep = '', print = console.log }) {
  const mocha = new Mocha({ timeout, fgrep: grep, forbidOnly: true });
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = print;
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    let unexplained = 0;
    const runner = mocha.run((failed) => {
      resolve({ passed: runner.stats.passes, failed: failed + unexplained });
    });
    runner.on('pending', (test) => {
      if (test.title.includes('(skipped: ')) return;
      unexplained++;
      print(`Skipped without a reason in its title: ${test.fullTitle()}`);
    });
  });
}
