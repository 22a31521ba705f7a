import assert from 'node:assert/strict';
import schema from '../../../media/pagecost.schema.json';
import { readElf } from '../../../src/binary/elf.js';
import { memorySource } from '../../../src/binary/source.js';
import { RULES } from '../../../src/model/rules.js';
import { START_UP } from '../../../src/model/workload.js';
import { estimatesJson } from '../../../src/report/json.js';
import { costReport } from '../../../src/report/make-report.js';
import { FORMAT } from '../../../src/report/report.js';
import { buildElf } from '../../support/elf-builder.js';
import { elfFiles, sampleOf } from '../../support/elf-files.js';
import { assertInvalid, assertValid } from '../../support/json-schema.js';
import { costOf } from '../../support/sample.js';
import { costReportOf, reportOf } from './reports.js';

const SAMPLES = ['glibc', 'glibc-static', 'musl', 'musl-dynamic', 'nolibc'].map(
  (name) => `sample/tiny-${name}`,
);
const FREEBSD = ['sample/tiny.freebsd', 'sample/tiny-split.freebsd'];
const HOSTILE = ['test/fixtures/hostile-dynamic', 'test/fixtures/hostile-names'];

describe('The JSON document', () => {
  it('is what the schema says, of samples, hostile files and programs of this machine', () => {
    const programs = sampleOf(elfFiles(['/usr/bin']), 20);
    for (const path of [...SAMPLES, ...FREEBSD, ...HOSTILE, ...programs]) {
      assertValid(JSON.parse(estimatesJson([reportOf(path)])));
    }
  });

  it('is what the schema says of files without a process, and of several files', () => {
    const refused = ['/', 'none', 'package.json', '/dev/zero'].map((path) => reportOf(path));
    for (const report of refused) assertValid(JSON.parse(estimatesJson([report])));
    assertValid(JSON.parse(estimatesJson([...refused, reportOf('sample/tiny.freebsd')])));
  });

  it('is not anything else', () => {
    const report = JSON.parse(estimatesJson([reportOf('sample/tiny.freebsd')]));
    for (const wrong of [
      { ...report, format: 'pagecost/0' },
      { ...report, totalBytes: undefined },
      { ...report, residentBytes: 0.5 },
      { ...report, pageTables: { ...report.pageTables, pmd: undefined } },
      { ...report, rows: [{ ...report.rows[0], quality: 'sure' }] },
      { ...report, more: true },
      [report],
    ]) {
      assertInvalid(JSON.parse(JSON.stringify(wrong)));
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
      for (const row of rows) {
        assert.equal(rules[row.rule]?.statement, RULES[row.rule].statement);
      }
    }
  });

  it('says where a rule has its constants from, where they were measured or specified for this', () => {
    const musl = costReportOf('sample/tiny-musl').rules;
    assert.match(musl.tables?.source ?? '', /paging format; .*\. Intel SDM volume 3A/);
    assert.match(musl.stack?.source ?? '', /\. Measured: musl 1\.2\.3, Linux 6\.18$/);
    const elsewhere = costReportOf('test/fixtures/machines/glibc-arm64').rules;
    assert.match(elsewhere.tables?.source ?? '', /\. Linux Documentation\/arch\/arm64/);
    assert.doesNotMatch(elsewhere.stack?.source ?? '', /Measured/);
  });

  it('says null where something is not known or not there, and never 0', () => {
    const { rows, pageTables, heapFill, incomplete } = costReportOf('sample/tiny.freebsd');
    assert.equal(rows.find(({ id }) => id === 'kernel:unknown')?.bytes, null);
    assert.deepEqual([pageTables.pmd, pageTables.pud, pageTables.p4d], [null, null, null]);
    assert.equal(heapFill, null);
    assert.equal(incomplete, true);
  });

  it('says which pages of a row are private, and why', () => {
    const { rows } = costReportOf('sample/tiny-musl');
    const data = rows.find(({ id }) => id === 'program:tiny-musl:data');
    assert.deepEqual(data?.reasons, [
      { why: 'tail', pages: 1, ranges: [{ address: '0x404000', pages: 1 }], moreRanges: 0 },
    ]);
    assert.equal(data?.detail, '1 tail');
  });

  it('lists no more than 256 ranges of pages, and says how many more there are', () => {
    const apart = Array.from({ length: 300 }, (_, i) => 0x1000 + 2 * 4096 * i);
    const { binary } = readElf(
      memorySource(
        buildElf({
          class: 64,
          machine: 62,
          type: 3,
          segments: [{ flags: 6, address: 0x1000, content: new Uint8Array(600 * 4096) }],
          dynamic: { rela: apart.map((offset) => ({ offset, type: 8 })) },
        }),
      ),
    );
    assert.ok(binary);
    const program = { path: 'x', binary, interpreter: undefined, libraries: [], missing: [] };
    const asked = { processes: 1, workload: START_UP };
    const report = costReport(program, costOf(program), [], asked);
    const [reason] = report.rows[0]?.reasons ?? [];
    assert.deepEqual([reason?.pages, reason?.ranges.length, reason?.moreRanges], [300, 256, 44]);
    assert.deepEqual(reason?.ranges[1], { address: '0x3000', pages: 1 });
    assertValid(JSON.parse(estimatesJson([report])));
  });

  it('is ASCII, and still has the names as they are in the file', () => {
    const json = estimatesJson([reportOf('test/fixtures/hostile-dynamic')]);
    assert.match(json, /^[\n -~]*$/);
    const names = JSON.parse(json).program.missing.map(({ name }: { name: string }) => name);
    assert.ok(names.includes('lib\u202eos.\nx'));
  });
});
