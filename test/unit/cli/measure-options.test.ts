import assert from 'node:assert/strict';
import { readMeasureArguments } from '../../../src/cli/measure-options.js';
import { WrongUsage } from '../../../src/cli/options.js';
import { START_UP } from '../../../src/model/workload.js';

const FILE = 'sample/tiny-musl';

describe('The options of pagecost measure', () => {
  it('are two instances for ten seconds where nothing is said', () => {
    assert.deepEqual(readMeasureArguments([FILE]), {
      what: {
        kind: 'started',
        path: FILE,
        args: [],
        instances: 2,
        input: 'open',
        aslr: true,
        limitMs: 10_000,
      },
      json: false,
      workload: START_UP,
      whatIfs: [],
    });
  });

  it('stand before and after the file, and not behind --', () => {
    const { what, json, workload } = readMeasureArguments([
      '--json',
      '-n',
      '1000',
      FILE,
      'a',
      '--limit',
      '0.5',
      '--heap',
      '1,2',
      '--',
      '-n',
      '3',
      '--',
    ]);
    assert.equal(json, true);
    assert.deepEqual(workload.heap, [1, 2]);
    assert.ok(what.kind === 'started');
    assert.deepEqual(what.args, ['a', '-n', '3', '--']);
    assert.equal(what.instances, 1000);
    assert.equal(what.limitMs, 500);
  });

  it('name processes that run by file or by number, each once', () => {
    assert.deepEqual(readMeasureArguments(['--running', FILE]).what, {
      kind: 'running',
      path: FILE,
    });
    const { what } = readMeasureArguments(['--pid', '12', '--pid=34', '--pid', '12']);
    assert.deepEqual(what, { kind: 'processes', pids: [12, 34] });
  });

  it('are refused, with a reason, where they are wrong', () => {
    for (const [args, reason] of [
      [[], /No file/],
      [['-n', '1', FILE], /-n .* from 2 to 1000, not '1'/],
      [['-n', '1001', FILE], /-n /],
      [['--instances', '2.5', FILE], /-n /],
      [['--input', 'full', FILE], /--input .*'full'/],
      [['--limit', '0', FILE], /--limit .* to 600/],
      [['--limit', '601', FILE], /--limit/],
      [['--limit', '1e2', FILE], /--limit/],
      [['--pid', '0'], /--pid .*'0'/],
      [['--pid', 'self'], /--pid/],
      [['--pid', '1', FILE], /--pid needs no file/],
      [['--pid', '1', '--running'], /either --running or --pid/],
      [['--running'], /--running needs a file/],
      [['--running', FILE, 'more'], /--running is for one file/],
      [['--running', FILE, '-n', '3'], /--instances is for processes to start/],
      [['--pid', '1', '--no-aslr'], /--no-aslr is for processes to start/],
      [['--heap', 'much', FILE], /--heap/],
      [['/bin/sh', '-c', 'exit'], /'-c'.* go behind --/],
      [['--processes', '3', FILE], /'--processes'/],
    ] as const) {
      assert.throws(
        () => readMeasureArguments(args),
        (error) => error instanceof WrongUsage && reason.test(error.message),
        args.join(' '),
      );
    }
  });
});
