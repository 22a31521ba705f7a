import { pathCommand } from '../../src/measure/path-command.js';

/** A test that runs commands which not every machine has: skipped where one is not there, and says so. */
export function itWith(
  commands: readonly string[],
  title: string,
  test: Mocha.Func | Mocha.AsyncFunc,
): void {
  const missing = commands.find((command) => pathCommand(command) === undefined);
  if (missing === undefined) it(title, test);
  else it(`${title} (skipped: there is no ${missing} here)`);
}
