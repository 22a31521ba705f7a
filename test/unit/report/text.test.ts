import assert from 'node:assert/strict';
import { integer } from '../../../src/format.js';
import { RULES } from '../../../src/model/rules.js';
import { BERNSTEIN_REQUESTS } from '../../../src/model/workload.js';
import { columns, wrap } from '../../../src/report/columns.js';
import type { CostReport } from '../../../src/report/report.js';
import { costText, rulesText } from '../../../src/report/text.js';
import { costReportOf } from './reports.js';

const text = (report: CostReport) => costText(report) + rulesText([report]);

describe('The text', () => {
  it('has Bernstein’s figures', () => {
    const shown = text(costReportOf('sample/tiny.freebsd', { heap: BERNSTEIN_REQUESTS }));
    for (const line of [
      /one more process +≥ 44 KiB +20 KiB private, 16 KiB page tables, 8 KiB kernel/,
      /10,000 processes +≥ 429\.7 MiB +12 KiB \+ 10,000 × 44 KiB/,
      /malloc +4\.4 % +asked for 1,076 bytes, took 24,576 bytes of address space/,
      /shared once +≤ 12 KiB/,
      /ps +44 KiB +RSS with every page of its files resident, of 168 KiB VSZ/,
      /44 bytes of entries in 16,384 bytes: 372 times as much/,
      /^One more process +≥ 45,056$/m,
    ]) {
      assert.match(shown, line);
    }
  });

  it('says of what is shared, mapped and resident that there is more, where libraries are missing', () => {
    const shown = text(costReportOf('test/fixtures/machines/glibc-arm64'));
    assert.match(shown, /shared once +≥ 4 KiB/);
    assert.match(shown, /ps +≥ [\d.]+ KiB +RSS, of ≥ 276 KiB VSZ/);
  });

  it('has every row of the ledger, its bytes, and what its rule says', () => {
    for (const path of ['sample/tiny-glibc', 'sample/tiny.freebsd', 'sample/tiny-musl']) {
      const report = costReportOf(path);
      const lines = text(report).split('\n');
      const joined = lines.map((line) => line.trim()).join(' ');
      for (const { label, bytes, rule } of report.rows) {
        const end = bytes === null ? '\\?' : integer(bytes);
        const row = new RegExp(`^  ${label.replace(/[()]/g, '\\$&')} .* ${end}  ${rule}`);
        assert.ok(
          lines.some((line) => row.test(line)),
          `no line for ${label}`,
        );
        assert.ok(joined.includes(RULES[rule].statement));
      }
    }
  });

  it('has as many pages as bytes, where they are a mean as well', () => {
    const report = costReportOf('sample/tiny-glibc-static');
    const [, ledger = ''] = text(report).split('rule\n');
    const counted = [...ledger.matchAll(/ {2}([\d.]+) +[~±≥≈]? ?([\d,]+) {2}/g)];
    assert.ok(counted.some(([, pages]) => pages?.includes('.')));
    for (const [line, pages, bytes] of counted) {
      const exact = Number(bytes?.replaceAll(',', '')) / report.pageBytes;
      assert.ok(Math.abs(Number(pages) - exact) <= 0.05, line);
    }
  });

  it('is no wider than 100 columns where names are not', () => {
    for (const path of ['sample/tiny-glibc', 'sample/tiny.freebsd', 'sample/tiny-musl']) {
      const wide = text(costReportOf(path))
        .split('\n')
        .filter((line) => line.length > 100);
      assert.deepEqual(wide, []);
    }
  });

  it('has no control characters, and nothing that turns it around, of any name', () => {
    for (const name of ['hostile-dynamic', 'hostile-names']) {
      const shown = text(costReportOf(`test/fixtures/${name}`));
      assert.doesNotMatch(shown, /[^\P{Cc}\n]|\p{Cf}/u);
    }
    assert.match(text(costReportOf('test/fixtures/hostile-dynamic')), /\\u\{202e\}os/);
  });
});

describe('Columns', () => {
  it('are as wide as their widest cell, numbers to the right', () => {
    const lines = columns(
      [
        ['a', '1', 'x'],
        ['bcd', '1,000', ''],
      ],
      new Set([1]),
    );
    assert.deepEqual(lines, ['a        1  x', 'bcd  1,000']);
  });
});

describe('Wrapping', () => {
  it('breaks between words and never within one', () => {
    assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
    assert.deepEqual(wrap('a incomprehensible b', 5), ['a', 'incomprehensible', 'b']);
    assert.deepEqual(wrap('', 5), ['']);
  });
});
