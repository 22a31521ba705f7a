import assert from 'node:assert/strict';
import schema from '../../../media/pagecost.schema.json';
import { integer } from '../../../src/format.js';
import type { Conditions } from '../../../src/model/estimate.js';
import { type Saving, savings } from '../../../src/model/savings.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { estimateReport } from '../../../src/report/estimate-report.js';
import { estimatesJson, reportJson } from '../../../src/report/json.js';
import type { CostReport } from '../../../src/report/report.js';
import { costText } from '../../../src/report/text.js';
import { WHAT_IFS_FORMAT, whatIfsReport } from '../../../src/report/what-ifs-report.js';
import { whatIfsText } from '../../../src/report/what-ifs-text.js';
import { assertInvalid, assertValid } from '../../support/json-schema.js';
import { conditions, sampleProgram } from '../../support/sample.js';

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

function estimated(name: string, others: Partial<Conditions> = {}) {
  const asked = { ...conditions({}, others), processes: 10_000 };
  const program = sampleProgram(name);
  const { cost, report } = estimateReport(program, asked);
  assert.ok(cost);
  return { program, asked, cost, report };
}

const unknownRows = ({ rows }: CostReport): string[] =>
  rows.filter((row) => row.bytes === null).map((row) => row.id);

const NAMES = ['tiny-glibc-static', 'tiny-musl', 'tiny-glibc', 'tiny.freebsd'];

describe('An estimate with what-ifs', () => {
  const { report: plain } = estimated('tiny-musl');
  const { report } = estimated('tiny-musl', { whatIfs: ['aslr-off'] });
  const { report: leftOut } = estimated('tiny.freebsd', { whatIfs: ['aslr-off'] });

  it('has what it costs without them', () => {
    const { perProcess, sharedOnceBytes, totalBytes, incomplete } = plain;
    assert.deepEqual(report.whatIfs, ['aslr-off']);
    const sums = { perProcess, sharedOnceBytes, totalBytes, incomplete };
    assert.deepEqual(report.without, { ...sums, savingMayBe: null });
    assert.ok(report.totalBytes < totalBytes);
    assert.deepEqual([plain.whatIfs, plain.leftOut, plain.without], [[], [], null]);
  });

  it('tells of the file as it is, whatever it would be', () => {
    for (const name of NAMES) {
      const { program } = estimated(name).report;
      for (const { id } of WHAT_IFS) {
        assert.deepEqual(estimated(name, { whatIfs: [id] }).report.program, program, id);
      }
    }
  });

  it('has the reason of those that were left out', () => {
    const reason = 'Nothing is randomised here.';
    assert.deepEqual(leftOut.leftOut, [{ id: 'aslr-off', reason }]);
    assert.deepEqual([leftOut.whatIfs, leftOut.without], [[], null]);
    assert.match(costText(leftOut), /^ {2}aslr-off {2}left out: Nothing is randomised here\.$/m);
  });

  it('is a JSON document as the schema says', () => {
    for (const one of [plain, report, leftOut]) assertValid(JSON.parse(estimatesJson([one])));
    const { without, ...rest } = report;
    assertInvalid(JSON.parse(JSON.stringify(rest)));
    assertInvalid(JSON.parse(JSON.stringify({ ...rest, without: {} })));
  });

  it('says what is saved in its text, and nothing where none was asked for', () => {
    for (const [title, before, after] of [
      ['one more process', plain.perProcess.bytes, report.perProcess.bytes],
      ['10,000 processes', plain.totalBytes, report.totalBytes],
    ] as const) {
      const amounts = [before, after, before - after].map(integer).join(' +');
      assert.match(costText(report), new RegExp(`^  ${title} +${amounts} `, 'm'));
    }
    assert.match(flat(costText(report)), /What if aslr-off Addresses not randomised /);
    assert.doesNotMatch(costText(plain), /What if/);
    assert.doesNotMatch(costText(leftOut), /saving/);
  });

  it('says at most of what is saved where more is not known with them, and something without', () => {
    assert.ok(report.without);
    const textOf = (savingMayBe: 'less' | null) => {
      const without = { ...report.without, incomplete: true, savingMayBe } as typeof report.without;
      return costText({ ...report, incomplete: true, without });
    };
    assert.match(textOf('less'), /^ {2}one more process +≥ [\d,]+ +≥ [\d,]+ +≤ [\d,]+ +≤ /m);
    assert.match(textOf(null), /^ {2}one more process +≥ [\d,]+ +≥ [\d,]+ +[\d,]+ /m);
  });
});

describe('The list of what-ifs', () => {
  const listOf = (name: string) => {
    const { program, asked, cost, report } = estimated(name);
    return whatIfsReport(report, savings(program, asked, cost));
  };
  const lists = NAMES.map(listOf);

  it('has each what-if once, those that save most first', () => {
    for (const { whatIfs } of lists) {
      assert.deepEqual(
        whatIfs.map(({ id }) => id).toSorted(),
        WHAT_IFS.map(({ id }) => id).toSorted(),
      );
      const saved = whatIfs.map(({ saving }) => saving?.total ?? Number.NEGATIVE_INFINITY);
      assert.deepEqual(
        saved,
        saved.toSorted((a, b) => b - a),
      );
    }
  });

  it('saves what an estimate with it has less, of as many processes as asked for', () => {
    for (const name of NAMES) {
      const { report: plain } = estimated(name);
      for (const { id, saving } of listOf(name).whatIfs) {
        const { report } = estimated(name, { whatIfs: [id] });
        if (!saving) {
          assert.equal(report.leftOut[0]?.id, id);
          continue;
        }
        assert.equal(saving.total, plain.totalBytes - report.totalBytes, id);
        const [before, after] = [unknownRows(plain), unknownRows(report)];
        assert.equal(saving.atMost, !after.every((row) => before.includes(row)), id);
        assert.equal(report.without?.savingMayBe, saving.atMost ? 'less' : null, id);
      }
    }
  });

  it('says at most of a saving where something is not known of what it costs then', () => {
    const [whatIf] = WHAT_IFS;
    assert.ok(whatIf);
    const saving = { whatIf, obstacle: undefined, perProcess: 9000, sharedOnce: 0, atMost: true };
    const list = whatIfsReport(estimated('tiny-musl').report, [saving]);
    assert.match(whatIfsText(list), / ≤ 9,000 +≤ 85\.8 MiB$/m);
  });

  it('says why there is no number, and why nothing is saved', () => {
    const [whatIf] = WHAT_IFS;
    assert.ok(whatIf);
    const savedBy = (saving: Omit<Saving, 'whatIf'>) =>
      whatIfsReport(estimated('tiny-musl').report, [{ whatIf, ...saving }]).whatIfs[0];
    const none = { perProcess: 0, sharedOnce: 0 };
    const obstacle = savedBy({ obstacle: 'It is too old.', ...none });
    assert.deepEqual([obstacle?.saving, obstacle?.why], [null, 'It is too old.']);
    const nothing = savedBy({ obstacle: undefined, ...none });
    assert.deepEqual(nothing?.saving, { ...none, total: 0, atMost: false });
    assert.equal(nothing?.why, whatIf.nothing);
    const dearer = savedBy({ obstacle: undefined, perProcess: -5, sharedOnce: 7 });
    assert.deepEqual([dearer?.saving?.total, dearer?.why], [7 - 50_000, null]);
  });

  it('is a JSON document as the schema says', () => {
    for (const list of lists) assertValid(JSON.parse(reportJson(list)));
    const list = JSON.parse(reportJson(lists[0] as (typeof lists)[number]));
    const [first] = list.whatIfs;
    for (const wrong of [
      { ...list, format: 'pagecost/1' },
      { ...list, whatIfs: [{ ...first, saving: 0 }] },
      { ...list, whatIfs: [{ ...first, howTo: 'somehow' }] },
      { ...list, whatIfs: [{ ...first, price: undefined }] },
    ]) {
      assertInvalid(JSON.parse(JSON.stringify(wrong)));
    }
    assert.equal(schema.definitions.whatIfs.properties.format.const, WHAT_IFS_FORMAT);
  });

  it('is a text with each id, its saving and price, or why it is not for this program', () => {
    for (const list of lists) {
      const text = whatIfsText(list);
      for (const { id, title, price, why, saving } of list.whatIfs) {
        const lines = saving
          ? `${id} ${saving.atMost ? '≤ ' : ''}${integer(saving.perProcess)} .*${title}. ${why ?? `Price: ${price}`}`
          : `${id}: ${title}. ${why}`;
        const pattern = lines.replace(/[().?+*[\]]/g, '\\$&').replace(' \\.\\*', ' .*');
        assert.match(flat(text), new RegExp(pattern), id);
      }
      for (const line of text.split('\n')) assert.ok(line.length <= 98, line);
    }
  });
});
