import assert from 'node:assert/strict';
import schema from '../../../media/pagecost.schema.json';
import { integer } from '../../../src/format.js';
import { differ } from '../../../src/model/cost-difference.js';
import type { Conditions } from '../../../src/model/estimate.js';
import type { Program } from '../../../src/model/program.js';
import { DIFFERENCE_FORMAT, differenceReport } from '../../../src/report/difference-report.js';
import { differenceText } from '../../../src/report/difference-text.js';
import { estimateReport } from '../../../src/report/estimate-report.js';
import { reportJson } from '../../../src/report/json.js';
import { assertInvalid, assertValid } from '../../support/json-schema.js';
import { conditions, sampleProgram } from '../../support/sample.js';

function reportOn(before: Program, after: Program, others: Partial<Conditions> = {}) {
  const asked = { ...conditions({}, others), processes: 10_000 };
  const [old, now] = [estimateReport(before, asked), estimateReport(after, asked)];
  assert.ok(old.cost && now.cost);
  return differenceReport(old.report, now.report, differ(old.cost, now.cost));
}

const GLIBC = sampleProgram('tiny-glibc-static');
const MUSL = sampleProgram('tiny-musl');
const lost = (program: Program, ...names: string[]): Program => ({
  ...program,
  missing: names.map((name) => ({ name, reason: `${name} was not found.` })),
});

/** Reports of all sorts: builds, nothing that differs, unknown sides, hostile names, many rows, what-ifs. */
const reports = {
  builds: reportOn(GLIBC, MUSL),
  same: reportOn(MUSL, MUSL),
  renamed: reportOn(MUSL, { ...MUSL, path: 'sample/tiny-musl.longer' }),
  freebsd: reportOn(sampleProgram('tiny.freebsd'), sampleProgram('tiny-split.freebsd')),
  lost: reportOn(GLIBC, lost(MUSL, 'libx.so')),
  found: reportOn(lost(GLIBC, 'libx.so'), MUSL),
  hostile: reportOn({ ...MUSL, path: 'a\x1b[31m\u202e/b\nc' }, lost(MUSL, 'lib\u202e\x1b[31m\nx')),
  many: reportOn(GLIBC, lost(MUSL, ...Array.from({ length: 40 }, (_, i) => `lib${i}.so`))),
  whatIf: reportOn(GLIBC, sampleProgram('tiny-musl'), { whatIfs: ['aslr-off'] }),
  leftOut: reportOn(GLIBC, MUSL, { aslr: false, whatIfs: ['aslr-off'] }),
};

describe('The JSON document of a difference', () => {
  it('is what the schema says', () => {
    for (const [name, report] of Object.entries(reports)) {
      const json = reportJson(report);
      assertValid(JSON.parse(json), name);
      assert.match(json, /^[\n -~]*$/);
    }
  });

  it('is not anything else', () => {
    const report = JSON.parse(reportJson(reports.builds));
    const [row] = report.rows;
    for (const wrong of [
      { ...report, format: 'pagecost-diff/0' },
      { ...report, before: undefined },
      { ...report, sums: { ...report.sums, total: undefined } },
      { ...report, sums: { ...report.sums, total: { ...report.sums.total, before: -1 } } },
      { ...report, rows: [{ ...row, difference: 0.5 }] },
      { ...report, rows: [{ ...row, before: { ...row.before, quality: 'sure' } }] },
      { ...report, rows: [{ ...row, changes: [{ why: 'moon', pages: 1 }] }] },
      { ...report, more: true },
    ]) {
      assertInvalid(JSON.parse(JSON.stringify(wrong)));
    }
    assert.equal(schema.definitions.difference.properties.format.const, DIFFERENCE_FORMAT);
  });

  it('tells a row that is not there from one that is not known', () => {
    const missing = reports.lost.rows.find(({ id }) => id === 'missing:private:libx.so');
    assert.deepEqual([missing?.before, missing?.after?.bytes], [null, null]);
    assert.equal(missing?.difference, null);
    assert.equal(missing?.after?.quality, 'unknown');
  });

  it('has sums of as many processes as the reports are for', () => {
    for (const { before, after, sums } of Object.values(reports)) {
      assert.equal(sums.total.before, before.totalBytes);
      assert.equal(sums.total.after, after.totalBytes);
      assert.equal(sums.perProcess.after, after.perProcess.bytes);
    }
  });
});

describe('The text of a difference', () => {
  const textOf = (name: keyof typeof reports) => differenceText(reports[name]);
  const flat = (name: keyof typeof reports) => textOf(name).replaceAll(/\s+/g, ' ');
  const signed = (n: number) => (n > 0 ? `\\+${integer(n)}` : integer(n));

  it('has a line for each row that differs: before, after, and the difference', () => {
    const lines = textOf('builds').split('\n');
    const differing = reports.builds.rows.filter(({ difference }) => difference !== 0);
    assert.ok(differing.length > 5);
    for (const { label, before, after, difference } of differing) {
      const numbers = [before, after].filter((side) => side !== null).map((s) => s.bytes ?? 0);
      const ends = [...numbers.map(integer), signed(difference ?? 0)].join('\\W+');
      const row = new RegExp(`^  ${label.replace(/[().]/g, '\\$&')}\\W+${ends}( |$)`);
      assert.ok(
        lines.some((line) => row.test(line)),
        `no line for ${label}: ${row}`,
      );
    }
  });

  it('has the sums, per process and of all', () => {
    const { perProcess, total } = reports.builds.sums;
    for (const [title, sum] of [
      ['One more process', perProcess],
      ['10,000 processes', total],
    ] as const) {
      const amounts = [integer(sum.before), integer(sum.after), signed(sum.difference)];
      assert.match(textOf('builds'), new RegExp(`^${title} +${amounts.join(' +')}( |$)`, 'm'));
    }
  });

  it('writes twelve rows, and sums the rest, so that all lines make the sum', () => {
    const text = textOf('many');
    const section = text.slice(
      text.indexOf('In one more process'),
      text.lastIndexOf('\nShared once'),
    );
    const [, ...lines] = section.trim().split('\n');
    const rows = lines.filter((line) => /^ {2}\S/.test(line));
    assert.equal(rows.length, 13);
    assert.match(rows.at(-1) ?? '', /^ {2}\d+ further rows .*≥ [\d,]+ +[≥~] [-+]?[\d,]+$/);
    const differences = rows.map((line) => /([-+]?[\d,]+|\?)(?: {2}\S.*)?$/.exec(line)?.[1] ?? '');
    const sum = differences.reduce((n, d) => n + (Number(d.replaceAll(',', '')) || 0), 0);
    assert.equal(sum, reports.many.sums.perProcess.difference);
  });

  it('says what changed, in a few words', () => {
    assert.match(flat('builds'), /tiny-musl: data .* \d pages fewer written by start-up code/);
    assert.match(flat('builds'), /vm_area_struct .* \d+ × 195 bytes, was \d+ × 195 bytes/);
    assert.match(textOf('builds'), / {2}gone$/m);
    assert.match(textOf('lost'), /^ {2}libx\.so: not found +\? +\? {2}new$/m);
    assert.match(textOf('same'), /^No row differs\.$/m);
  });

  it('says of sums what is not known', () => {
    assert.match(flat('lost'), /One more process [\d,]+ ≥ [\d,]+ ≥ -[\d,]+/);
    assert.match(flat('found'), /One more process ≥ [\d,]+ [\d,]+ ≤ -[\d,]+/);
    assert.match(flat('freebsd'), /One more process ≥ 28,672 ≥ 32,768 ~ \+4,096 /);
    assert.match(flat('freebsd'), /Notes .*On both sides something is not known\. .* marked ~ /);
    assert.doesNotMatch(flat('lost'), /On both sides/);
  });

  it('says what is part of the difference only because the file has another name', () => {
    assert.match(flat('renamed'), /Stack .*Notes .*the path of its file on the stack/);
    assert.doesNotMatch(flat('same'), /path of its file/);
  });

  it('says what it is with, what was left out, and the notes of one side', () => {
    assert.match(textOf('whatIf'), /^ +What if: aslr-off$/m);
    assert.match(textOf('leftOut'), /^ +Left out: aslr-off\. Nothing is randomised here\.$/m);
    assert.match(flat('lost'), /After: library-missing: libx\.so is not part/);
    assert.match(textOf('same'), /^ {2}assumed: /m);
  });

  it('is no wider than 98 columns, and has no control characters, whatever the names are', () => {
    for (const report of Object.values(reports)) {
      const text = differenceText(report);
      assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cf}/u);
      assert.deepEqual(
        text.split('\n').filter((line) => line.length > 98),
        [],
      );
    }
  });
});
