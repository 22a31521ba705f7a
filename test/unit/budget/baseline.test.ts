import assert from 'node:assert/strict';
import { baselineText, beforeOf, parseBaseline } from '../../../src/budget/baseline.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const cost = costOf(sampleProgram('tiny.freebsd'));
const entries = [
  beforeOf('b/é', true, cost),
  beforeOf('a', false, cost),
  beforeOf('a', true, cost),
  beforeOf('B', true, cost),
];

describe('A baseline', () => {
  it('is read as it was written', () => {
    const { value, problems } = parseBaseline(baselineText(entries), 'x');
    assert.deepEqual(problems, []);
    assert.equal(baselineText(value ?? []), baselineText(entries));
    assert.deepEqual(
      value?.map(({ file, aslr }) => [file, aslr]),
      [
        ['B', true],
        ['a', false],
        ['a', true],
        ['b/é', true],
      ],
    );
    assert.equal(value[0]?.perProcessBytes, cost.perProcess.bytes);
    assert.equal(value[0].unknown.length, 1);
  });

  it('is the same text for the same costs in another order', () => {
    assert.equal(baselineText([...entries].reverse()), baselineText(entries));
  });

  const text = (changes: object) => {
    const entry = beforeOf('a', true, cost);
    return JSON.stringify({
      format: 'pagecost-baseline/1',
      files: [{ ...entry, ...changes }],
    });
  };
  for (const [content, problem] of [
    ['{', 'undefined: This is not JSON: a closing brace } is missing.'],
    ['{"files": []}', 'format: This field is missing: the file is no baseline.'],
    [
      '{"format": "pagecost-baseline/2", "files": [], "more": 1}',
      'format: This has to be "pagecost-baseline/1". Save the baseline again',
    ],
    ['{"format": "pagecost-baseline/1"}', 'files: This field is missing'],
    [text({ file: 3 }), 'files[0].file: This has to be a string.'],
    [text({ aslr: undefined }), 'files[0]: The field aslr is missing.'],
    [text({ perProcessBytes: -1 }), 'files[0].perProcessBytes: This has to be a number.'],
    [text({ unknown: [1] }), 'files[0].unknown[0]: This has to be a string.'],
  ] as const) {
    it(`says what is wrong with ${content.slice(0, 60)}`, () => {
      const { value, problems } = parseBaseline(content, 'base.json');
      assert.equal(value, undefined);
      assert.ok(problems.every(({ file }) => file === 'base.json'));
      const all = problems.map(({ field, message }) => `${field}: ${message}`);
      assert.ok(
        all.some((one) => one.startsWith(problem)),
        all.join('\n'),
      );
    });
  }
});
