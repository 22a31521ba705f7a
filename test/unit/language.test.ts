import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseSize as sizeOfBudget } from '../../src/budget/parse-size.js';
import { bytes, countedPages, decimal, exactBytes, integer, percent } from '../../src/format.js';
import { ENGLISH, speak } from '../../src/language.js';
import {
  parseBytes,
  parsePercent,
  parseProcesses,
  parseRequests,
} from '../../src/model/parse-workload.js';
import { parseRam } from '../../webview/view-model/parse-ram.js';
import { costInWords } from '../../webview/view-model/words.js';
import { costOf, sampleProgram } from '../support/sample.js';

const GERMAN = {
  id: 'de',
  texts: JSON.parse(readFileSync('media/l10n/bundle.l10n.de.json', 'utf8')),
};

describe('a language', () => {
  beforeEach(() => speak(GERMAN));
  afterEach(() => speak(ENGLISH));

  it('has its own marks in figures', () => {
    assert.deepEqual(
      [integer(10_000), bytes(1536), decimal(11.125), percent(0.0444), exactBytes(4096)],
      ['10.000', '1,5 KiB', '11,13', '4,4 %', '4.096 Bytes'],
    );
  });
  it('has its own words for one and for many', () => {
    assert.deepEqual([countedPages(1), countedPages(2048)], ['1 Seite', '2.048 Seiten']);
  });
  it('reads what is typed as it writes it, and a decimal point as one', () => {
    assert.deepEqual(
      ['10.000', '25k', '1,5k', '1.5k', '1.000.000'].map(parseProcesses),
      [10_000, 25_000, 1500, 1500, 1_000_000],
    );
    assert.deepEqual(['65.536', '65536', '65,536'].map(parseBytes), [65_536, 65_536, undefined]);
    assert.deepEqual(['12,5 %', '12.5'].map(parsePercent), [0.125, 0.125]);
    assert.deepEqual(['1,5 GiB', '1.5 GiB', '1.536 MiB'].map(parseRam), [
      1.5 * 2 ** 30,
      1.5 * 2 ** 30,
      1.5 * 2 ** 30,
    ]);
    assert.deepEqual(parseRequests('360, 1.024'), { ok: true, requests: [360, 1024] });
  });
  it('reads every figure that it writes', () => {
    for (const n of [1, 999, 1000, 12_345, 999_999, 1_000_000]) {
      assert.equal(parseProcesses(integer(n)), n);
      speak(ENGLISH);
      assert.equal(parseProcesses(integer(n)), n);
      speak(GERMAN);
    }
  });
  it('is not that of budgets', () => {
    assert.deepEqual([1024, '1.5 KiB', 1.024, '1.024 KiB', '1,5 KiB'].map(sizeOfBudget), [
      1024,
      1536,
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('is spoken by the model and the panel, and ends with English', () => {
    const cost = costOf(sampleProgram('tiny-nolibc'));
    assert.match(costInWords(cost, 10_000), /^Ein weiterer Prozess kostet .*; 10\.000 belegen /);
    speak(ENGLISH);
    assert.match(costInWords(cost, 10_000), /^One more process costs .*; 10,000 take /);
  });
});
