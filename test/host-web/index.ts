import 'mocha/mocha.js';
import { workspace } from 'vscode';

/** Written into the script when it is made. */
declare const PAGECOST_TEST: {
  /** Path of the file that gets the results. */
  readonly results: string;
  /** Of a test, in milliseconds. */
  readonly timeout: number;
  /** What a test's title must contain. */
  readonly grep: string;
};

const { results, timeout, grep } = PAGECOST_TEST;
const lines: string[] = [];
mocha.setup({ ui: 'bdd', reporter: 'spec', timeout, forbidOnly: true, forbidPending: true });
mocha.fgrep(grep);
Mocha.reporters.Base.consoleLog = (...line: unknown[]) => lines.push(formatted(line));

/**
 * What VS Code calls in the extension host of a browser: runs every test that was bundled behind this
 * module. What mocha prints goes into a file of the machine that has the workspace.
 */
export async function run(): Promise<void> {
  const counts = await new Promise<{ passed: number; failed: number }>((resolve) => {
    // The browser's own `run` looks at the address of a page, and there is none here.
    const runner = Mocha.prototype.run.call(mocha, (failed) =>
      resolve({ passed: runner.stats?.passes ?? 0, failed }),
    );
  });
  const [folder] = workspace.workspaceFolders ?? [];
  const text = JSON.stringify({ ...counts, report: lines.join('\n') });
  if (!folder) throw new Error('The tests need a folder.');
  await workspace.fs.writeFile(folder.uri.with({ path: results }), new TextEncoder().encode(text));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

/** As console.log puts values into its first: mocha's reporter uses %s and %d. */
function formatted([format = '', ...values]: unknown[]): string {
  const text = String(format).replace(/%[sd]/g, () => String(values.shift()));
  return [text, ...values].join(' ');
}
