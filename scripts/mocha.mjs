import Mocha from 'mocha';

/**
 * Runs test files in this process and prints them as a list.
 * @param {readonly string[]} files absolute paths
 * @param {{ timeout: number, grep?: string | undefined }} options timeout of a test in milliseconds,
 *   and what a test's title must contain
 * @returns {Promise<{ passed: number, failed: number }>} a test that is skipped has failed
 */
export async function runMocha(files, { timeout, grep = '' }) {
  const mocha = new Mocha({ timeout, fgrep: grep, forbidOnly: true, forbidPending: true });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats.passes, failed }));
  });
}
