import Mocha from 'mocha';

/**
 * Runs test files in this process and prints them as a list.
 * @param {readonly string[]} files absolute paths
 * @param {object} options
 * @param {number} options.timeout of a test, in milliseconds
 * @param {string | undefined} options.grep what a test's title must contain
 * @param {(...formatAndValues: unknown[]) => void} [options.print] console.log by default
 * @returns {Promise<{ passed: number, failed: number }>} a test that is skipped has failed
 */
export async function runMocha(files, { timeout, grep = '', print = console.log }) {
  const mocha = new Mocha({ timeout, fgrep: grep, forbidOnly: true, forbidPending: true });
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = print;
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats.passes, failed }));
  });
}
