import assert from 'node:assert/strict';
import Ajv from 'ajv';
import schema from '../../../media/pagecost.schema.json';
import { RULES } from '../../../src/model/rules.js';
import { reportsJson } from '../../../src/report/json.js';
import { FORMAT } from '../../../src/report/report.js';
import { elfFiles, sampleOf } from '../../support/elf-files.js';
import { costReportOf, reportOf } from './reports.js';

const SAMPLES = ['glibc', 'glibc-static', 'musl', 'musl-dynamic', 'nolibc'].map(
  (name) => `sample/tiny-${name}`,
);
const FREEBSD = ['sample/tiny.freebsd', 'sample/tiny-split.freebsd'];
const HOSTILE = ['test/fixtures/hostile-dynamic', 'test/fixtures/hostile-names'];
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

function assertValid(json: string) {
  assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors?.slice(0, 3)));
}

describe('The JSON document', () => {
  it('is what the schema says, of samples, hostile files and programs of this machine', () => {
    const programs = sampleOf(elfFiles(['/usr/bin']), 20);
    for (const path of [...SAMPLES, ...FREEBSD, ...HOSTILE, ...programs]) {
      assertValid(reportsJson([reportOf(path)]));
    }
  }).timeout(60_000);

  it('is what the schema says of files without a process, and of several files', () => {
    const refused = ['/', 'none', 'package.json', '/dev/zero'].map((path) => reportOf(path));
    for (const report of refused) assertValid(reportsJson([report]));
    assertValid(reportsJson([...refused, reportOf('sample/tiny.freebsd')]));
  });

  it('is not anything else', () => {
    const report = JSON.parse(reportsJson([reportOf('sample/tiny.freebsd')]));
    for (const wrong of [
      { ...report, format: 'pagecost/0' },
      { ...report, totalBytes: undefined },
      { ...report, residentBytes: 0.5 },
      { ...report, pageTables: { ...report.pageTables, pmd: undefined } },
      { ...report, rows: [{ ...report.rows[0], quality: 'sure' }] },
      { ...report, more: true },
      [report],
    ]) {
      assert.equal(validate(JSON.parse(JSON.stringify(wrong))), false);
    }
    assert.equal(schema.definitions.cost.properties.format.const, FORMAT);
  });

  it('has rows that sum to what it says, and a rule for each', () => {
    for (const path of [...SAMPLES, ...FREEBSD]) {
      const { rows, perProcess, sharedOnceBytes, totalBytes, processes, rules } =
        costReportOf(path);
      const sum = (category: string) =>
        rows.reduce((n, row) => n + (row.category === category ? (row.bytes ?? 0) : 0), 0);
      assert.equal(sum('private'), perProcess.privateBytes);
      assert.equal(sum('page-tables'), perProcess.pageTableBytes);
      assert.equal(sum('kernel'), perProcess.kernelBytes);
      assert.equal(sum('shared'), sharedOnceBytes);
      assert.equal(totalBytes, sharedOnceBytes + processes * perProcess.bytes);
      for (const row of rows) assert.equal(rules[row.rule], RULES[row.rule]);
    }
  });

  it('says null where something is not known or not there, and never 0', () => {
    const { rows, pageTables, heapFill, incomplete } = costReportOf('sample/tiny.freebsd');
    assert.equal(rows.find(({ id }) => id === 'kernel:unknown')?.bytes, null);
    assert.deepEqual([pageTables.pmd, pageTables.pud, pageTables.p4d], [null, null, null]);
    assert.equal(heapFill, null);
    assert.equal(incomplete, true);
  });

  it('is ASCII, and still has the names as they are in the file', () => {
    const json = reportsJson([reportOf('test/fixtures/hostile-dynamic')]);
    assert.match(json, /^[\n -~]*$/);
    const names = JSON.parse(json).program.missing.map(({ name }: { name: string }) => name);
    assert.ok(names.includes('lib\u202eos.\nx'));
  });
});
