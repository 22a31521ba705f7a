/**
 * Everything that has to hold, from a fresh clone: `npm test`. It installs what is missing, runs each
 * step below, prints what failed, and ends with "N passed, N failed". It takes minutes.
 */
import { spawn } from 'node:child_process';
import { installPackages } from './install-packages.mjs';
import { ROOT } from './root.mjs';
import { installChromium, installCodeServer, installNode } from './vscode/install.mjs';

/**
 * Scripts of package.json. A suite says how many tests passed; any other counts as one. Those of a lane run
 * one after the other, and lanes beside each other: what drives a VS Code waits for it, or for a file to be at
 * rest, so that two processors have enough to do with four lanes and not with two.
 */
const LANES = [
  ['typecheck', 'lint', 'dead-code', 'test:unit', 'test:package'],
  ['test:host', 'test:host-folders', 'test:host-web', 'start -- --once'],
  ['test:ui -- --half=1'],
  ['test:ui -- --half=2'],
];
const COUNTS = /^(\d+) passed, (\d+) failed$/m;

installPackages();
installNode();
installCodeServer();
installChromium();

const total = { passed: 0, failed: 0 };
await runStep('package');
process.env.PAGECOST_BUILT = '1';
await Promise.all(LANES.map(runLane));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;

async function runLane(steps) {
  for (const step of steps) await runStep(step);
}

async function runStep(step) {
  const started = Date.now();
  const { code, output } = await run(step);
  const { passed, failed } = countsOf(code, output);
  total.passed += passed;
  total.failed += failed;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${step.padEnd(19)} ${passed} passed, ${failed} failed, ${seconds} s`);
  if (failed) console.log(output);
}

/** @returns {Promise<{ code: number, output: string }>} */
function run(step) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', ...step.split(' ')], { cwd: ROOT });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A step that went wrong has failed at least once, whatever it counted. */
function countsOf(code, output) {
  const [, passed, failed] = COUNTS.exec(output) ?? [undefined, code === 0 ? 1 : 0, 0];
  return { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1) };
}
