import assert from 'node:assert/strict';
import Ajv from 'ajv';
import fc from 'fast-check';
import schema from '../../../media/budgets.schema.json';
import { parseBudgets } from '../../../src/budget/parse-budgets.js';

const validate = new Ajv({ allErrors: true, strictSchema: true }).compile(schema);

/** "LINE:COLUMN FIELD: MESSAGE" of each problem. */
function problemsOf(text: string): string[] {
  const { value, problems } = parseBudgets(text, 'x.json');
  assert.equal(value === undefined, problems.length > 0);
  for (const { file } of problems) assert.equal(file, 'x.json');
  return problems.map(
    ({ place, field, message }) => `${place?.line}:${place?.column} ${field}: ${message}`,
  );
}

/** A whole document with a value in one field, and the problem that it is. */
const bad = (field: string, value: unknown, message: string): readonly [string, string] => {
  const text = JSON.stringify(budget({ [field]: value }));
  const column = text.indexOf(`"${field}":`) + field.length + 4;
  return [text, `1:${column} budgets[0].${field}: ${message}`];
};

const budget = (fields: object) => ({ budgets: [{ files: 'a', tablePages: 1, ...fields }] });

const FIELDS =
  'There is no such field. There are files, perProcessBytes, privatePages, tablePages, growthBytes, aslr.';
const PAGES = 'This has to be a whole number of pages.';
const SIZE = 'This has to be whole bytes: a number, or as in "200 KiB", to 1 TiB.';
const PATH = 'This has to be a path from the folder of the budgets, with / and without ..';

describe('A budget file', () => {
  it('is read with all that it may hold', () => {
    const text = JSON.stringify({
      $schema: 'pagecost',
      baseline: './base/line.json',
      budgets: [
        { files: 'build/*', perProcessBytes: '200 KiB', privatePages: 30, tablePages: 12 },
        { files: ['a', './b/**/c'], growthBytes: 4096, aslr: false },
      ],
    });
    assert.deepEqual(problemsOf(text), []);
    assert.equal(validate(JSON.parse(text)), true);
    const { value } = parseBudgets(text, 'x.json');
    assert.equal(value?.baseline, 'base/line.json');
    const shown = value.budgets.map(({ files, limits, aslr }) => ({
      aslr,
      files: files.map(({ pattern, field }) => [pattern, field]),
      limits: limits.map(({ kind, most, field }) => [kind, most, field]),
    }));
    assert.deepEqual(shown, [
      {
        aslr: true,
        files: [['build/*', 'budgets[0].files']],
        limits: [
          ['perProcessBytes', 204_800, 'budgets[0].perProcessBytes'],
          ['privatePages', 30, 'budgets[0].privatePages'],
          ['tablePages', 12, 'budgets[0].tablePages'],
        ],
      },
      {
        aslr: false,
        files: [
          ['a', 'budgets[1].files[0]'],
          ['b/**/c', 'budgets[1].files[1]'],
        ],
        limits: [['growthBytes', 4096, 'budgets[1].growthBytes']],
      },
    ]);
  });

  it('has sizes in bytes, or in units of 1,024', () => {
    for (const [size, most] of [
      [0, 0],
      ['512 B', 512],
      ['4KiB', 4096],
      ['1.5 MiB', 1_572_864],
      ['1024 GiB', 2 ** 40],
    ] as const) {
      const { value } = parseBudgets(JSON.stringify(budget({ perProcessBytes: size })), 'x');
      assert.equal(value?.budgets[0]?.limits[0]?.most, most, String(size));
    }
  });

  for (const [text, ...problems] of [
    ['', '1:1 undefined: This is not JSON: a value is missing.'],
    ['hello', '1:1 undefined: This is not JSON: this word means nothing there.'],
    ['{\n  "budgets": [\n  1 2', '3:5 undefined: This is not JSON: a comma is missing.'],
    ['{} // no', '1:4 undefined: This is not JSON: it has no comments.'],
    ['{"a": "b\n"}', '1:7 undefined: This is not JSON: a string does not end.'],
    ['{"budgets": [1],}', '1:17 undefined: This is not JSON: a name in double quotes is missing.'],
    ['[]', '1:1 : This has to be an object, { … }.'],
    ['{}', '1:1 : The field budgets is missing, a list of budgets.'],
    ['{"budgets": []}', '1:13 budgets: There is no budget in this list.'],
    ['{"budgets": {}}', '1:13 budgets: This has to be a list.'],
    ['{"budgets": [3]}', '1:14 budgets[0]: This has to be an object, { … }.'],
    [
      '{"budget": []}',
      '1:2 budget: There is no such field. There are budgets, baseline, $schema.',
      '1:1 : The field budgets is missing, a list of budgets.',
    ],
    [
      '{\r\n "budgets": [{\r\n  "file": "a",\r\n  "tablepages": 3 }]}',
      `3:3 budgets[0].file: ${FIELDS}`,
      `4:3 budgets[0].tablepages: ${FIELDS}`,
      '2:14 budgets[0]: The field files is missing, the programs that this is for.',
      '2:14 budgets[0]: This limits nothing. There are perProcessBytes, privatePages, tablePages, growthBytes.',
    ],
    [
      '{"budgets": [{"files": "a", "tablePages": 1, "tablePages": 2}]}',
      '1:46 budgets[0].tablePages: This field is there twice.',
    ],
    bad('files', [], 'There is no pattern in this list.'),
    [
      '{"budgets": [{"files": [7], "tablePages": 1}]}',
      '1:25 budgets[0].files[0]: This has to be a string.',
    ],
    bad('aslr', 'no', 'This has to be true or false.'),
    ...[-1, 1.5, '3', null, 1e300].map((value) => bad('tablePages', value, PAGES)),
    ...['3', '3 KB', '3 kib', '0.3 KiB', '-1 KiB', '2000 GiB', -1, 0.5, true, null].map((value) =>
      bad('growthBytes', value, SIZE),
    ),
    ...['', '/etc/*', '../a', 'a/../b', 'a//b', 'C:/a', 'a\\b', '.', 'a/\0'].map((value) =>
      bad('files', value, PATH),
    ),
    [
      '{"baseline": "/tmp/x", "budgets": [{"files": "a", "tablePages": 1}]}',
      `1:14 baseline: ${PATH}`,
    ],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      assert.deepEqual(problemsOf(text), problems);
    });
  }

  it('shows no control characters of a name', () => {
    assert.deepEqual(
      problemsOf('{"\\u001b[2J\\u202e": 1, "budgets": [{"files": "a", "tablePages": 1}]}'),
      ['1:2 \\u{1b}[2J\\u{202e}: There is no such field. There are budgets, baseline, $schema.'],
    );
  });

  it('may be nested as deeply as a file can be', () => {
    const text = '['.repeat(1 << 20);
    assert.deepEqual(problemsOf(text), [
      '1:1 undefined: This is not JSON: it is nested too deeply.',
    ]);
  });

  it('tells of a hundred problems, whatever its size', () => {
    for (const text of [
      `{"budgets": [${'1,\n'.repeat(300_000)}1]}`,
      `{${Array.from({ length: 100_000 }, (_, i) => `"b${i}": 1`).join(',')}}`,
    ]) {
      // A search of all lines for each value takes minutes, which is over the limit of a test.
      assert.equal(problemsOf(text).length, 100);
    }
  });

  it('is never a surprise: any JSON is budgets or has problems, and those are what the schema says', () => {
    const known = fc.constantFrom(
      'budgets',
      'files',
      'tablePages',
      'aslr',
      'growthBytes',
      'baseline',
    );
    const values = fc.oneof(
      fc.constantFrom('a', '../a', '4 KiB', '4 KB', true, null, 3, -1),
      fc.string(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        values,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(known, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const budgets = fc.record({
      budgets: fc.array(fc.dictionary(known, tree, { minKeys: 1, maxKeys: 4 }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.oneof(tree, budgets), (value) => {
        const valid = problemsOf(JSON.stringify(value)).length === 0;
        // The schema cannot say all: it may let through what is refused, never the reverse.
        if (valid) assert.equal(validate(value), true, JSON.stringify(validate.errors));
      }),
      { numRuns: 2000 },
    );
  });
});
