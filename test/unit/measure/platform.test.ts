import assert from 'node:assert/strict';
import { measureRunning } from '../../../src/measure/measure-running.js';
import { measuringProblem } from '../../../src/measure/platform.js';
import { readProcess } from '../../../src/measure/process-memory.js';
import { sampleProgram } from '../../support/sample.js';

/** What a platform of another name would be told. */
function on<T>(platform: string, use: () => T): T {
  const own = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  try {
    return use();
  } finally {
    Object.defineProperty(process, 'platform', own);
  }
}

describe('a platform without /proc', () => {
  it('is said to be none to measure on, by its name', () => {
    assert.match(on('darwin', measuringProblem) ?? '', /Linux’s \/proc, which macOS does not have/);
    assert.match(on('win32', measuringProblem) ?? '', /which Windows does not have/);
    assert.match(on('openbsd', measuringProblem) ?? '', /which openbsd does not have/);
  });

  it('reads no process, and looks for none', () => {
    assert.match(String(on('darwin', () => readProcess(1, new Map()))), /macOS/);
    assert.match(String(on('darwin', () => measureRunning(sampleProgram('tiny-nolibc')))), /macOS/);
  });

  if (process.platform === 'linux') {
    it('is not this one', () => assert.equal(measuringProblem(), undefined));
  }
});
