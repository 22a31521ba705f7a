import assert from 'node:assert/strict';
import { boundedJson } from '../../../src/report/bounded-report.js';
import { compactJson, estimatesJson } from '../../../src/report/json.js';
import { costReportOf } from './reports.js';

const report = costReportOf('sample/tiny-musl');
const within = (most: number) => boundedJson(report, (text) => text.length <= most);

describe('A report that has to fit', () => {
  it('is the JSON document, on one line, where all of it fits', async () => {
    const text = await within(1e6);
    assert.doesNotMatch(text, /\n/);
    assert.deepEqual(JSON.parse(text), JSON.parse(estimatesJson([report])));
  });

  it('leaves out the finest detail first, says so, and changes nothing else', async () => {
    const whole = JSON.parse(compactJson(report));
    const { omitted, rows, ...rest } = JSON.parse(await within(compactJson(report).length - 1));
    const { rows: allRows, ...others } = whole;
    assert.deepEqual(omitted, ['rows.reasons']);
    assert.deepEqual(rest, others);
    assert.deepEqual(
      rows,
      allRows.map(({ reasons, ...row }: Record<string, unknown>) => row),
    );
  });

  it('fits, until nothing but the sums and what they are for is left', async () => {
    const least = JSON.parse(await within(0));
    const { length } = await within(0);
    assert.ok(length < 1500, `${length} characters`);
    const { perProcess, totalBytes, sharedOnceBytes, processes, system, incomplete } = report;
    const sums = { perProcess, totalBytes, sharedOnceBytes, processes, system, incomplete };
    assert.deepEqual({ ...least, ...sums }, least);
    assert.equal(least.program.path, 'sample/tiny-musl');
    assert.equal(least.rows, undefined);
    for (let most = length; most < compactJson(report).length; most += 250) {
      const text = await within(most);
      assert.ok(text.length <= most);
      assert.equal(JSON.parse(text).totalBytes, totalBytes);
    }
  });

  it('keeps the dearest rows, and those without a number', async () => {
    const row = report.rows[0] ?? assert.fail();
    const rows = Array.from({ length: 50 }, (_, i) => ({ ...row, id: `${i}`, bytes: i }));
    const unknown = { ...row, id: 'unknown', bytes: null };
    const large = { ...report, rows: [...rows, unknown] };
    const text = await boundedJson(large, (json) => JSON.parse(json).rows.length <= 20);
    const { rows: kept, omitted } = JSON.parse(text);
    assert.deepEqual(
      kept.map(({ id }: { id: string }) => id),
      [
        'unknown',
        ...rows
          .slice(31)
          .map(({ id }) => id)
          .reverse(),
      ],
    );
    assert.equal(omitted.at(-1), 'rows, but the 20 dearest');
  });

  it('is of bounded size whatever the program names', async () => {
    const names = Array.from({ length: 5000 }, (_, i) => ({ name: `lib${i}.so`, reason: 'gone' }));
    const diagnostics = names.map(({ name }) => ({
      code: 'truncated' as const,
      offset: null,
      message: name,
    }));
    const crowded = { ...report, diagnostics, program: { ...report.program, missing: names } };
    const text = await boundedJson(crowded, (json) => json.length < 2000);
    assert.ok(text.length < 2000);
    assert.deepEqual(JSON.parse(text).omitted.slice(-2), ['diagnostics', 'program.missing']);
  });
});
