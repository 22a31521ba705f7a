import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Section } from '../../../src/binary/binary.js';
import { partAt, sectionsText, unreadableText } from '../../../src/report/sections-text.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const { binary } = sampleProgram('tiny.freebsd');
const cost = costOf(sampleProgram('tiny.freebsd'));
const section = binary.sections.find(({ name }) => name === '.data') as Section;

describe('the text of sections', () => {
  it('says on each line what the file and the model say', () => {
    const { text } = sectionsText('tiny.freebsd', binary, cost, []);
    const words = (what: RegExp) => what.exec(text)?.[0].trim().split(/ +/);
    assert.deepEqual(words(/^.* LOAD +rw- .*$/m), [
      ...['1', 'LOAD', 'rw-', '0804b0c0', '0020c0', '692', '904'],
      ...['1', '1', '0', '3,204'],
    ]);
    assert.deepEqual(words(/^.* \.text .*$/m), [
      ...['3', '.text', 'PROGBITS', 'AX', '080480b8', '0000b8', '7,968', '7,968'],
      ...['2', '0', '2', '3'],
    ]);
    assert.match(
      text,
      /^One more process: at least 28 KiB on FreeBSD 4\.8, i386, with pages of 4 KiB$/m,
    );
  });

  it('knows which part a line is about', () => {
    for (const name of ['tiny.freebsd', 'tiny-glibc', 'tiny-nolibc']) {
      const program = sampleProgram(name);
      const page = sectionsText(name, program.binary, costOf(program), []);
      const lines = page.text.split('\n');
      const parts = lines.map((_, line) => partAt(page, line));
      for (const [line, part] of parts.entries()) {
        if (!part) continue;
        const start = lines[line]?.trim().split(/ +/);
        assert.equal(start?.[0], String(part.index));
        assert(start?.includes(part.type));
      }
      const listed = (kind: string) => parts.filter((part) => part?.kind === kind).length;
      assert.equal(listed('segment'), program.binary.segments.length);
      assert.equal(listed('section'), program.binary.sections.length);
    }
  });

  it('keeps names, whatever they are, within their line and its columns', () => {
    const name = fc.string({ unit: 'binary', maxLength: 50 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
        const sections = names.map((one) => ({ ...section, name: one }));
        const { text } = sectionsText(names[0] as string, { ...binary, sections }, cost, []);
        const lines = text.split('\n');
        assert.equal(lines.length, 7 + 2 + binary.segments.length + 1 + 2 + names.length + 1);
        assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert(lines.every((line) => [...line].length < 180));
      }),
    );
  });

  it('leaves out what no editor could show, and says so', () => {
    const sections = Array.from({ length: 60_000 }, () => section);
    const page = sectionsText('many', { ...binary, sections }, cost, []);
    assert.match(page.text, /^Sections \(60,000\)$/m);
    assert.match(page.text, /^… 10,000 more are not listed\.$/m);
    const line = page.text.split('\n').findIndex((text) => text.startsWith('…'));
    assert.equal(partAt(page, line - 1)?.index, 49_999);
    assert.equal(partAt(page, line), undefined);
  });

  it('has no pages where there is no process, and says why', () => {
    const why = { code: 'object-file', offset: 16, message: 'An object file.' } as const;
    const { text } = sectionsText('tiny.o', { ...binary, type: 'relocatable' }, undefined, [why]);
    assert.match(text, / \.data .* 672 +0 +- +- +- +-$/m);
    assert.match(text, /\n1 remark\nAt byte 16: An object file\.\n$/);
    assert.doesNotMatch(text, /One more process/);
  });

  it('is the reason only, for what is no binary', () => {
    const why = { code: 'empty', offset: undefined, message: 'The file is empty.' } as const;
    const page = unreadableText('x\n<b>', [why]);
    assert.equal(page.text, 'Pagecost sections of x\\u{a}<b>\n\n1 remark\nThe file is empty.\n');
    assert.equal(partAt(page, 0), undefined);
  });
});
