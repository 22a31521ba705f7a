import assert from 'node:assert/strict';
import type { Saving } from '../../../src/model/savings.js';
import type { WhatIf } from '../../../src/model/what-if.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import {
  rivalOf,
  sameIds,
  totalSaving,
  whatIfList,
} from '../../../webview/view-model/what-if-list.js';
import {
  savedInBrief,
  savedInWords,
  savingInWords,
  scriptLanguage,
} from '../../../webview/view-model/what-if-words.js';

const PAGE = 4096;

const whatIf = (id: string, excludes: readonly string[] = []): WhatIf => ({
  id,
  title: id,
  origin: 'today',
  change: '',
  price: '',
  nothing: '',
  howTo: undefined,
  source: '',
  excludes,
  obstacle: () => undefined,
});

const saving = (
  id: string,
  perProcess: number,
  sharedOnce = 0,
  obstacle: string | undefined = undefined,
): Saving => ({ whatIf: whatIf(id), obstacle, perProcess, sharedOnce });

const ids = (savings: readonly Saving[]) => savings.map((s) => s.whatIf.id);

describe('the list of what-ifs', () => {
  const savings = [
    saving('dearer', -PAGE),
    saving('nothing', 0),
    saving('page', PAGE),
    saving('impossible', 0, 0, 'No.'),
    saving('two pages', 2 * PAGE),
    saving('shared', 0, 100 * PAGE),
    saving('page too', PAGE),
  ];

  it('begins with the biggest saving of that many processes, and ends with what costs more', () => {
    assert.deepEqual(ids(whatIfList(savings, 10_000).changing), [
      'two pages',
      'page',
      'page too',
      'shared',
      'dearer',
    ]);
    assert.equal(ids(whatIfList(savings, 10).changing)[0], 'shared');
  });

  it('puts aside what saves nothing and what cannot be had, each what-if in one place', () => {
    const { changing, idle, impossible } = whatIfList(savings, 1);
    assert.deepEqual(ids(idle), ['nothing']);
    assert.deepEqual(ids(impossible), ['impossible']);
    assert.deepEqual(ids([...changing, ...idle, ...impossible]).sort(), ids(savings).sort());
  });

  it('counts what is shared once', () => {
    assert.equal(totalSaving({ perProcess: PAGE, sharedOnce: -5 }, 10), 10 * PAGE - 5);
  });

  it('finds what is chosen and excludes another, whichever of the two says so', () => {
    const a = whatIf('a', ['b']);
    const b = whatIf('b');
    assert.equal(rivalOf(b, [a]), a);
    assert.equal(rivalOf(a, [b]), b);
    assert.equal(rivalOf(a, [a]), undefined);
    assert.equal(rivalOf(b, [whatIf('c')]), undefined);
  });

  it('takes a set for a set', () => {
    assert.ok(sameIds(['a', 'b'], ['b', 'a']));
    assert.ok(!sameIds(['a'], ['a', 'b']));
    assert.ok(!sameIds(['a', 'c'], ['a', 'b']));
  });
});

describe('what-ifs in words', () => {
  it('say less, more and nothing', () => {
    assert.equal(savedInWords(8192), '8 KiB less');
    assert.equal(savedInWords(-8192), '8 KiB more');
    assert.equal(savedInWords(0), 'nothing');
    const bounds = [8192, 0, -8192].map((saved) => savedInWords(saved, true));
    assert.deepEqual(bounds, ['at most 8 KiB less', 'at best nothing', 'at least 8 KiB more']);
    const brief = [8192, -8192].map((saved) => savedInBrief(saved, true));
    assert.deepEqual(brief, ['≤ 8 KiB less', '≥ 8 KiB more']);
    assert.equal(
      savingInWords(saving('a', PAGE), 10_000),
      '4 KiB less per process, 39.1 MiB less for 10,000.',
    );
  });

  it('tell scripts, which are opened, from flags, which are pasted', () => {
    assert.equal(scriptLanguage('-no-pie'), undefined);
    assert.equal(scriptLanguage('setarch --addr-no-randomize ./program\n'), undefined);
    assert.equal(scriptLanguage('cc -c a.c\nld a.o'), 'shellscript');
    assert.equal(scriptLanguage('SECTIONS {\n  . = 0x400000;\n}'), 'ld');
  });

  it('tell the scripts of the list from its flags', () => {
    for (const { id, howTo } of WHAT_IFS) {
      const lines = howTo?.snippet?.trim().split('\n').length ?? 0;
      const language = howTo?.snippet === undefined ? undefined : scriptLanguage(howTo.snippet);
      assert.equal(language !== undefined, lines > 1, id);
    }
  });
});
