import assert from 'node:assert/strict';
import { partHint } from '../../../src/report/part-hint.js';
import { type Part, sectionParts, segmentParts } from '../../../src/report/parts.js';
import { costOf, sampleProgram } from '../../support/sample.js';

const N = 10_000;

describe('the hint on a part of a binary', () => {
  it('of private data: its pages, who else is there, slack, per process and times N', () => {
    assert.deepEqual(factsOf('tiny.freebsd', section('.data')), {
      Name: '.data',
      Flags: 'WA',
      Size: '672 bytes',
      Where: '0x804b0c0, in the file at 0x20c0',
      Pages: '1 page of 4 KiB, at 0x804b000',
      'Also there': '.eh_frame, .ctors, .dtors, .bss',
      Slack: '3,204 bytes of these pages in RAM have no use',
      'Per process': '4 KiB, 1 private page',
      '×10,000': '39.1 MiB',
    });
  });

  it('of code: shared once', () => {
    const facts = factsOf('tiny.freebsd', (parts) => parts.find(({ kind }) => kind === 'segment'));
    assert.equal(facts.Access, 'r-x');
    assert.equal(facts.Pages, '3 pages of 4 KiB, 0x8048000 to 0x804b000');
    assert.equal(facts['Per process'], 'nothing private');
    assert.equal(facts['Shared once'], '12 KiB, 3 pages, however many processes run');
    assert.equal(facts['×10,000'], undefined);
  });

  it('of bss: what of it is zero-filled, and what nobody touches', () => {
    const program = sampleProgram('tiny-split.freebsd');
    const bss = sectionParts(program.binary).find(({ name }) => name === '.bss') as Part;
    const large = { ...bss, memorySize: 100n * 4096n };
    const hint = partHint(large, program.binary, costOf(program), N);
    const facts = Object.fromEntries(hint.facts.map(({ label, value }) => [label, value]));
    assert.equal(facts['In file'], 'nothing: all of it is zero-filled');
    assert.match(facts['Not in RAM'] ?? '', /^9\d pages nobody touches at start-up$/);
  });

  it('of what is not loaded: nothing', () => {
    const comment = factsOf('tiny.freebsd', section('.comment'));
    assert.equal(comment['Per process'], 'nothing: it is not loaded');
    const stack = factsOf('tiny-glibc', (parts) => parts.find(({ type }) => type === 'GNU_STACK'));
    assert.match(stack['Per process'] ?? '', /^nothing of its own: it says how the stack/);
    const relro = factsOf('tiny-glibc', (parts) => parts.find(({ type }) => type === 'GNU_RELRO'));
    assert.match(relro['Per process'] ?? '', /^nothing of its own: it points into segments/);
    assert.equal(relro.Pages, undefined);
  });

  it('without a process: no cost, and not zero', () => {
    const { binary } = sampleProgram('tiny.freebsd');
    const [part] = segmentParts(binary);
    const { facts } = partHint(part as Part, binary, undefined, N);
    const cost = facts.find(({ label }) => label === 'Per process');
    assert.match(cost?.value ?? '', /not known/);
  });

  it('has a title of our words, and names as text', () => {
    const program = sampleProgram('tiny.freebsd');
    const [, part] = sectionParts(program.binary);
    const hostile = { ...(part as Part), name: '</b>`\n\u202e' };
    const { title, facts } = partHint(hostile, program.binary, costOf(program), N);
    assert.equal(title, 'Section 1, NOTE');
    assert.equal(facts[0]?.value, '</b>`\\u{a}\\u{202e}');
  });
});

const section = (name: string) => (parts: readonly Part[]) =>
  parts.find((part) => part.name === name);

function factsOf(
  file: string,
  choose: (parts: readonly Part[]) => Part | undefined,
): Readonly<Record<string, string>> {
  const program = sampleProgram(file);
  const { binary } = program;
  const part = choose([...segmentParts(binary), ...sectionParts(binary)]);
  assert(part);
  const { facts } = partHint(part, binary, costOf(program), N);
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
}
