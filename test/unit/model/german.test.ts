import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { ENGLISH, speak } from '../../../src/language.js';
import { estimate } from '../../../src/model/estimate.js';
import { reasonsInBrief } from '../../../src/model/reasons.js';
import { RULES } from '../../../src/model/rules.js';
import { savings } from '../../../src/model/savings.js';
import { WHAT_IFS } from '../../../src/model/what-ifs.js';
import { START_UP } from '../../../src/model/workload.js';
import { sampleProgram } from '../../support/sample.js';

const GERMAN = {
  id: 'de',
  texts: JSON.parse(readFileSync('media/l10n/bundle.l10n.de.json', 'utf8')),
};

/** Of the kernel and of files: nobody translates those. */
const NAME = /^[\w.-]+(: bss)?$/;

/** Texts that say the same in both languages, but for names. */
function leftInEnglish(textsOf: () => readonly (string | undefined)[]): readonly string[] {
  speak(ENGLISH);
  const english = textsOf();
  speak(GERMAN);
  const german = textsOf();
  assert.equal(german.length, english.length);
  return english.filter((text, i): text is string => !!text && text === german[i]);
}

/** All that the model says of a program, and what each what-if would change. */
function said(file: string): readonly (string | undefined)[] {
  const program = sampleProgram(file);
  const workload = { ...START_UP, heap: [360, 80, 200_000] };
  const conditions = { system: undefined, workload, aslr: true };
  const made = [[], ...WHAT_IFS.map(({ id }) => [id]), ['aslr-off', 'overlapped-tables']].map(
    (whatIfs) => estimate(program, { ...conditions, whatIfs }),
  );
  const plain = made[0]?.cost;
  assert.ok(plain);
  return [
    ...made.flatMap(({ cost, diagnostics, leftOut }) => [
      ...diagnostics.map(({ message }) => message),
      ...leftOut.map(({ reason }) => reason),
      ...(cost?.rows ?? []).flatMap(({ label, detail, reasons }) => [
        label,
        detail,
        reasonsInBrief(reasons),
      ]),
      ...(cost?.regions ?? []).map(({ label }) => label),
    ]),
    ...savings(program, conditions, plain).map(({ obstacle }) => obstacle),
  ];
}

describe('the model in German', () => {
  afterEach(() => speak(ENGLISH));

  for (const file of ['tiny-glibc', 'tiny-musl', 'tiny-nolibc', 'tiny.freebsd']) {
    it(`says nothing in English of ${file}, but names`, () => {
      const texts = leftInEnglish(() => said(file)).filter((text) => !NAME.test(text));
      assert.deepEqual([...new Set(texts)], []);
    });
  }
  it('says nothing in English of rules and what-ifs, but names of sources', () => {
    const texts = leftInEnglish(() => [
      ...Object.values(RULES).map(({ statement }) => l10n.t(statement)),
      ...WHAT_IFS.flatMap(({ title, change, price, nothing, howTo }) =>
        [title, change, price, nothing, howTo?.text ?? ''].map((text) => l10n.t(text)),
      ),
    ]);
    assert.deepEqual(texts, []);
  });
});
