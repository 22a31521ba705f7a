import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { bareTexts, callsIn, translatables } from '../support/translatable.js';

const BUNDLE = 'media/l10n/bundle.l10n.de.json';

const texts = (path: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(path, 'utf8'));

/** What the panel says in every language: names and sizes. */
const SAME = ['16 GiB'];

/** The places for values in a text, and the links: a translation has the same. */
const fixedParts = (text: string): readonly string[] =>
  (text.match(/\{\d+\}|\(command:[^)]*\)|\$\([\w~-]+\)/g) ?? []).sort();

/** Keys, with a comment behind the slash, whose translation has other places for values. */
const withOtherParts = (all: Readonly<Record<string, string>>, english: (key: string) => string) =>
  Object.keys(all).filter(
    (key) => fixedParts(english(key)).join() !== fixedParts(all[key] as string).join(),
  );

describe('in German', () => {
  const { found, unreadable } = translatables(['src', 'webview']);
  const keys = new Set(found.map(({ key }) => key));
  const bundle = texts(BUNDLE);

  it('can be read from the source what is to be translated', () => {
    assert.deepEqual(unreadable, []);
    assert.ok(keys.size > 300, `${keys.size} texts`);
  });
  it('every text is there', () => {
    assert.deepEqual(
      found.filter(({ key }) => !bundle[key]),
      [],
    );
  });
  it('no text is there that nobody says any more', () => {
    assert.deepEqual(
      Object.keys(bundle).filter((key) => !keys.has(key)),
      [],
    );
  });
  it('values have the same places', () => {
    assert.deepEqual(
      withOtherParts(bundle, (key) => key),
      [],
    );
  });
  it('texts are in the order of the English ones', () => {
    assert.deepEqual(Object.keys(bundle), Object.keys(bundle).sort());
  });

  it('the panel says nothing that is not translated', () => {
    const all = readdirSync('webview', { recursive: true, encoding: 'utf8' });
    const files = all.filter((name) => name.endsWith('.tsx'));
    assert.ok(files.length > 30, `${files.length} files`);
    const bare = files.flatMap((name) => bareTexts(readFileSync(`webview/${name}`, 'utf8')));
    assert.deepEqual(
      bare.filter((text) => !keys.has(text) && !SAME.includes(text)),
      [],
    );
  });

  const english = texts('package.nls.json');
  const german = texts('package.nls.de.json');

  it('package.json has every text, in the same order, and no other', () => {
    assert.deepEqual(Object.keys(german), Object.keys(english));
    assert.deepEqual(
      withOtherParts(german, (key) => english[key] ?? ''),
      [],
    );
  });
  it('package.json asks for no text that is not there', () => {
    const asked = readFileSync('package.json', 'utf8').matchAll(/"%([\w.]+)%"/g);
    const names = new Set([...asked].map((match) => match[1] as string));
    assert.deepEqual([...names].sort(), Object.keys(english).sort());
  });
});

describe('what is to be translated', () => {
  const keys = (source: string) => callsIn(source).map(({ key }) => key);
  const refused = (source: string) => callsIn(source).some(({ call }) => call !== undefined);

  it('is found in every spelling of a text', () => {
    assert.deepEqual(keys(`l10n.t('a “b” {0}', x); l10n.t("it's"); msg(\`c "d"\`)`), [
      'a “b” {0}',
      "it's",
      'c "d"',
    ]);
    assert.deepEqual(keys(`l10n.t('a ' +\n 'b', x)`), ['a b']);
    assert.deepEqual(keys(`l10n.t({ message: 'a', args: [f(x)], comment: 'b' })`), ['a/b']);
    assert.deepEqual(keys(`const A = <p title={l10n.t('a')}>It’s {l10n.t('b', 'c')}</p>`), [
      'a',
      'b',
    ]);
  });
  it('is neither in comments nor in other calls', () => {
    assert.deepEqual(
      callsIn(`// l10n.t('a')\n/* msg('b') */ at('c'); xmsg('d'); l10n.text('e')`),
      [],
    );
  });
  it('may have a name, of a text that is marked', () => {
    for (const text of ['text', 'row.label', 'TITLES[why]', 'TITLES[row.why].word', 'a?.b']) {
      assert.deepEqual(callsIn(`l10n.t(${text}, x); l10n.t(${text})`), [{}, {}], text);
    }
  });
  it('is what a panel would say without a call', () => {
    assert.deepEqual(bareTexts('const A = <p title="What of it">unknown</p>;'), [
      'What of it',
      'unknown',
    ]);
    assert.deepEqual(bareTexts('const A = <div>One <b>{n}</b> more</div>;'), ['One ', ' more']);
    assert.deepEqual(bareTexts("const A = <b class='name'>{l10n.t('One')}</b>;"), []);
  });
  it('is never made', () => {
    for (const text of ["x ? 'a' : 'b'", '`a ${b}`', "'a' + b", 'f(x)', "x ?? 'a'"]) {
      assert.ok(refused(`l10n.t(${text}, x)`), text);
    }
    assert.ok(refused('msg(text)'));
    assert.ok(refused("l10n.t({ message: text, comment: 'a' })"));
  });
});
