import assert from 'node:assert/strict';
import schema from '../../../media/pagecost.schema.json';
import { integer } from '../../../src/format.js';
import { compare } from '../../../src/model/compare.js';
import type { MeasuredProcess, Measurement } from '../../../src/model/measurement.js';
import { COMPARISON_FORMAT, comparisonReport } from '../../../src/report/comparison-report.js';
import { comparisonText } from '../../../src/report/comparison-text.js';
import { reportJson } from '../../../src/report/json.js';
import { costReport } from '../../../src/report/make-report.js';
import { assertInvalid, assertValid } from '../../support/json-schema.js';
import { anonymousRegion, liveProcess, written } from '../../support/live-process.js';
import { conditions, costOf, sampleProgram } from '../../support/sample.js';

const asked = conditions({ heap: [360] }, { aslr: false });

const program = sampleProgram('tiny-glibc-static');
const cost = costOf(program, asked);
const process = liveProcess(cost);

function reportOn(processes: readonly MeasuredProcess[], remarks: readonly string[] = []) {
  const measurement: Measurement = { processes, remarks };
  const { workload } = asked;
  const estimate = costReport(program, cost, [], { processes: processes.length, workload });
  return comparisonReport(estimate, compare(cost, measurement), measurement, 'Linux 6.6.1');
}

const isCode = ({ object, access }: { object: string | undefined; access: string }) =>
  object !== undefined && access === 'r-xp';
const opened = (name: string) => ({ ...anonymousRegion(0x7f0000000, 2), name });

/** Reports of all sorts: alike, more written, unseen pages, other files, other page sizes. */
const reports = {
  alike: reportOn([process, process]),
  written: reportOn([written(process, isCode, [0, 2])]),
  unseen: reportOn([
    {
      ...process,
      randomised: undefined,
      regions: process.regions.map((r) => ({ ...r, present: undefined, private: undefined })),
    },
  ]),
  opened: reportOn(
    [{ ...process, regions: [...process.regions, opened('/lib/a\u202e\x1b[31m\nb.so')] }],
    ['Process 1 \x1b[31m was \u202eleft out.'],
  ),
  otherPages: reportOn([{ ...process, pageSize: 16_384 }]),
  tables: reportOn([{ ...process, tableBytes: 4096 }]),
};

describe('The JSON document of a measurement', () => {
  it('is what the schema says', () => {
    for (const [name, report] of Object.entries(reports)) {
      const json = reportJson(report);
      assertValid(JSON.parse(json), name);
      assert.match(json, /^[\n -~]*$/);
    }
  });

  it('is not anything else', () => {
    const report = JSON.parse(reportJson(reports.written));
    const [row] = report.rows;
    for (const wrong of [
      { ...report, format: 'pagecost-measure/0' },
      { ...report, processes: [] },
      { ...report, estimate: undefined },
      { ...report, rows: [{ ...row, measured: 0.5 }] },
      { ...report, rows: [{ ...row, quality: 'sure' }] },
      { ...report, rows: [{ ...row, unpredicted: { ...row.unpredicted, moreRanges: -1 } }] },
      { ...report, more: true },
      [report, report],
    ]) {
      assertInvalid(JSON.parse(JSON.stringify(wrong)));
    }
    assert.equal(schema.definitions.comparison.properties.format.const, COMPARISON_FORMAT);
  });

  it('has the pages that were not predicted, counted from where the object was loaded', () => {
    const sets = reports.written.rows.map(({ unpredicted }) => unpredicted);
    const first = (regions: readonly { firstPage: number; object: string | undefined }[]) =>
      regions.find(({ object }) => object !== undefined)?.firstPage ?? 0;
    const code = process.regions.find(isCode)?.firstPage ?? 0;
    const address = `0x${((code - first(process.regions)) * 4096).toString(16)}`;
    assert.deepEqual(
      sets.filter(({ pages }) => pages > 0),
      [{ pages: 2, ranges: [{ address, pages: 2 }], moreRanges: 0 }],
    );
  });

  it('says null of what could not be seen, and never 0', () => {
    const { rows, tablesAgree, processes } = reports.unseen;
    assert.equal(tablesAgree, null);
    assert.equal(processes[0]?.randomised, null);
    assert.equal(rows.find(({ id }) => id === 'tables:pte')?.measured, null);
    assert.equal(reports.opened.rows.find(({ id }) => id.startsWith('opened:'))?.predicted, null);
  });
});

describe('The text of a measurement', () => {
  it('has a line for each row: predicted, measured, and the difference', () => {
    for (const report of [reports.alike, reports.written, reports.unseen]) {
      const lines = comparisonText(report).split('\n');
      for (const { label, predicted, measured } of report.rows) {
        const numbers = [predicted, measured].filter((n) => n !== null).map(integer);
        const difference = predicted === null || measured === null ? [] : [measured - predicted];
        const ends = difference.map((n) => (n > 0 ? `\\+${integer(n)}` : integer(n)));
        const row = new RegExp(
          `^  ${label.replace(/[().]/g, '\\$&')} .*${[...numbers, ...ends].join(' +')}( |$)`,
        );
        assert.ok(
          lines.some((line) => row.test(line)),
          `no line for ${label}: ${row}`,
        );
      }
    }
  });

  it('has the sums of what can be measured', () => {
    const { privateBytes } = cost.perProcess;
    const line = (report: keyof typeof reports, title: string) =>
      comparisonText(reports[report])
        .split('\n')
        .find((text) => text.startsWith(title));
    const same = integer(privateBytes);
    assert.match(line('alike', 'Private memory') ?? '', new RegExp(`${same} +${same} +0$`));
    const more = integer(privateBytes + 8192);
    assert.match(
      line('written', 'Private memory') ?? '',
      new RegExp(`${same} +${more} +\\+8,192$`),
    );
    assert.match(line('tables', 'Page tables') ?? '', / 4,096 +-/);
  });

  it('says who was measured, and why rows differ, with the pages', () => {
    assert.match(
      comparisonText(reports.alike),
      /^2 processes measured on Linux 6\.6\.1: 4242, 4242; .*mean$/m,
    );
    const text = comparisonText(reports.written).replaceAll(/\s+/g, ' ');
    assert.match(text, /1 process measured on Linux 6\.6\.1: 4242 /);
    assert.match(text, /The program wrote 2 more pages .* Not predicted: 2 pages at 0x[0-9a-f]+\./);
  });

  it('says whether pages and page tables agree', () => {
    for (const [name, said] of [
      ['alike', /need just the page tables that the kernel counts/],
      ['tables', /do not need just the page tables/],
      ['unseen', /cannot be told/],
    ] as const) {
      assert.match(comparisonText(reports[name]).replaceAll(/\s+/g, ' '), said, name);
    }
    const { otherPages } = reports;
    assert.match(
      comparisonText(otherPages).replaceAll(/\s+/g, ' '),
      /Remarks Pages here have 16384 bytes/,
    );
  });

  it('is no wider than 98 columns, and has no control characters, whatever the names are', () => {
    for (const report of Object.values(reports)) {
      const text = comparisonText(report);
      assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cf}/u);
      assert.deepEqual(
        text.split('\n').filter((line) => line.length > 98),
        [],
      );
    }
  });
});
