import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parseBytes,
  parsePercent,
  parseProcesses,
  parseRequests,
} from '../../../src/model/parse-workload.js';

describe('a process count as typed', () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ['10000', 10_000],
    ['10,000', 10_000],
    [' 10 000 ', 10_000],
    ['25k', 25_000],
    ['1.001k', 1001],
    ['1.5K', 1500],
    ['1M', 1_000_000],
    ['1e6', 1_000_000],
    ['1', 1],
    ['0', undefined],
    ['-3', undefined],
    ['1.5', undefined],
    ['1000001', undefined],
    ['', undefined],
    ['many', undefined],
    ['1e99', undefined],
  ];
  for (const [text, expected] of cases) {
    it(`“${text}” is ${expected ?? 'no count'}`, () => {
      assert.equal(parseProcesses(text), expected);
    });
  }
});

describe('heap requests as typed', () => {
  it('are whole bytes, separated by commas or spaces', () => {
    const expected = { ok: true, requests: [360, 80, 180, 16, 440] };
    assert.deepEqual(parseRequests('360,80,180,16,440'), expected);
    assert.deepEqual(parseRequests('  360, 80 180;16\n440,'), expected);
  });

  it('are nothing said where the field is empty, and no request for “none”', () => {
    assert.deepEqual(parseRequests('  '), { ok: true, requests: undefined });
    assert.deepEqual(parseRequests('None'), { ok: true, requests: [] });
  });

  it('are refused with the word that cannot be understood', () => {
    for (const bad of ['4k', '-1', '1.5', '1e3', 'lots', '1099511627777']) {
      const parsed = parseRequests(`16, ${bad}`);
      assert.ok(!parsed.ok && parsed.message.includes(bad), bad);
    }
  });

  it('are refused where one is missing between commas', () => {
    assert.ok(!parseRequests('1,,2').ok);
    assert.ok(!parseRequests(',').ok);
  });

  it('are refused where there are too many for a start-up', () => {
    assert.ok(!parseRequests('1 '.repeat(10_001)).ok);
    assert.ok(parseRequests('1 '.repeat(10_000)).ok);
  });

  it('survive any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseRequests(text);
        if (parsed.ok)
          for (const size of parsed.requests ?? []) assert.ok(size >= 0 && size <= 2 ** 40);
      }),
    );
  });
});

describe('bytes and percent as typed', () => {
  it('are whole bytes up to a TiB, with or without separators', () => {
    assert.equal(parseBytes('65,536'), 65_536);
    assert.equal(parseBytes(' 0 '), 0);
    assert.equal(parseBytes(String(2 ** 40)), 2 ** 40);
    for (const bad of ['', '-1', '1.5', '4k', '0x10', String(2 ** 40 + 1)]) {
      assert.equal(parseBytes(bad), undefined, bad);
    }
  });

  it('may be said in KiB, MiB and GiB, of which nobody doubts what they are', () => {
    assert.deepEqual(['64 KiB', '4kib', '1.5 MiB'].map(parseBytes), [65_536, 4096, 1_572_864]);
    assert.equal(parseBytes('1,024 GiB'), 2 ** 40);
    for (const bad of ['64 KB', 'KiB', '0.3 KiB', '1025 GiB', '1 TiB', '4 KiB 4']) {
      assert.equal(parseBytes(bad), undefined, bad);
    }
    const listed = parseRequests('16, 64 KiB 2MiB');
    assert.deepEqual(listed, { ok: true, requests: [16, 65_536, 2_097_152] });
  });

  it('are a share from none to all', () => {
    assert.equal(parsePercent('0'), 0);
    assert.equal(parsePercent('12.5 %'), 0.125);
    assert.equal(parsePercent('100%'), 1);
    for (const bad of ['', '-1', '100.1', '1e2', 'half', '1,5']) {
      assert.equal(parsePercent(bad), undefined, bad);
    }
  });
});
