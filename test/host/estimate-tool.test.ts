import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LanguageModelTextPart, type LanguageModelToolInvocationOptions, lm } from 'vscode';
import { locate } from '../../src/editor/binaries/locate.js';
import { estimateTool } from '../../src/editor/estimate-tool.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import type { CostReport } from '../../src/report/report.js';
import { fixture, sample } from './support/host.js';

const TOOL = 'estimate_process_cost';

type Answer = Partial<CostReport> & { readonly omitted?: readonly string[] };
type Budget = NonNullable<LanguageModelToolInvocationOptions<object>['tokenizationOptions']>;

async function ask(input: object, tokenizationOptions?: Budget): Promise<Answer> {
  const options = { input, toolInvocationToken: undefined };
  const { content } = await lm.invokeTool(TOOL, {
    ...options,
    ...(tokenizationOptions && { tokenizationOptions }),
  });
  assert.equal(content.length, 1);
  const [part] = content;
  assert(part instanceof LanguageModelTextPart);
  return JSON.parse(part.value);
}

describe('The tool for language models', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagecost-tool-'));
  const at = (name: string) => join(folder, name);
  const strange = '[a](command:x) `b`\u202e\n<img>';
  before(() => {
    writeFileSync(at('text'), 'not a binary');
    copyFileSync(sample('tiny-nolibc').fsPath, at(strange));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is known before anything of ours runs, with what it is not for', () => {
    const tool = lm.tools.find(({ name }) => name === TOOL);
    assert(tool);
    assert.match(tool.description, /Do NOT use it for the heap, .* measure running processes/);
    assert.match(tool.description, /nothing is executed/);
    assert.deepEqual(tool.tags, ['memory', 'binary', 'elf', 'pagecost']);
    assert.deepEqual((tool.inputSchema as { required: unknown }).required, ['path']);
  });

  it('answers with the estimate, of a path from a workspace folder or an absolute one', async () => {
    for (const path of ['tiny-nolibc', './x/../tiny-nolibc', sample('tiny-nolibc').fsPath]) {
      const { format, program, processes, aslr, perProcess, totalBytes, sharedOnceBytes } =
        await ask({ path });
      assert.equal(format, 'pagecost/1');
      assert.equal(program?.path, sample('tiny-nolibc').fsPath);
      assert.deepEqual([processes, aslr], [10_000, true]);
      assert(perProcess && sharedOnceBytes !== undefined);
      assert.equal(totalBytes, sharedOnceBytes + 10_000 * perProcess.bytes);
    }
  });

  it('takes the conditions of the command', async () => {
    const whatIfs = ['overlapped-tables', 'no-pie'];
    const system = 'linux-x86-64-pti';
    const asked = { path: 'tiny-nolibc', processes: 1, aslr: false, whatIfs, system };
    const answer = await ask(asked);
    assert.equal(answer.processes, 1);
    assert.equal(answer.aslr, false);
    assert.equal(answer.system, system);
    assert.deepEqual(answer.whatIfs, ['overlapped-tables']);
    assert.deepEqual(
      answer.leftOut?.map(({ id }) => id),
      ['no-pie'],
    );
    assert(answer.without && answer.perProcess);
    assert(answer.without.perProcess.bytes > answer.perProcess.bytes);
  });

  it('keeps to the budget of tokens, and says what it left out', async () => {
    const countTokens = async (text: string) => Math.ceil(text.length / 3);
    const path = sample('tiny-musl').fsPath;
    const whole = await ask({ path }, { tokenBudget: 100_000, countTokens });
    assert.equal(whole.omitted, undefined);
    for (const tokenBudget of [2000, 1000, 500]) {
      const some = await ask({ path }, { tokenBudget, countTokens });
      assert((await countTokens(JSON.stringify(some))) <= tokenBudget);
      assert(some.omitted?.includes('rows.reasons'));
      assert.deepEqual(some.perProcess, whole.perProcess);
    }
  });

  it('reads names as names', async () => {
    const { program } = await ask({ path: at(strange) });
    assert.equal(program?.path, at(strange));
    await ask({ path: fixture('hostile-names').fsPath }).catch(({ message }) =>
      assert.match(message, /^There is no estimate of/),
    );
  });

  const refused: readonly (readonly [string, object, RegExp])[] = [
    ['a file that is not there', { path: 'absent' }, /There is no file absent in .*sample/],
    ['the same by an absolute path', { path: at('absent') }, /no estimate.*no such file/i],
    ['a path out of the folder', { path: '../package.json' }, /in no workspace folder/],
    ['a text', { path: 'tiny.c' }, /There is no estimate of .*tiny\.c\. .*ELF/],
    ['a text elsewhere', { path: at('text') }, /ELF/],
    ['a folder', { path: '.' }, /directory/],
    ['no path', {}, /path/],
    ['an empty path', { path: '' }, /path is missing/],
    ['a path of a number', { path: 7 }, /path/],
    ['a path with a NUL', { path: '/tmp/\0' }, /NUL/],
    ['a path that is too long', { path: `/${'x'.repeat(70_000)}` }, /x…\. The path is longer/],
    ['no processes', { path: 'tiny-musl', processes: 0 }, /1 to 1,000,000, not 0/],
    ['too many', { path: 'tiny-musl', processes: 1e9 }, /1 to 1,000,000, not 1000000000/],
    ['half a process', { path: 'tiny-musl', processes: 0.5 }, /whole number.*not 0\.5/],
    ['processes in words', { path: 'tiny-musl', processes: 'ten' }, /not "ten"/],
    ['addresses neither way', { path: 'tiny-musl', aslr: 'no' }, /true or false, not "no"/],
    ['no such system', { path: 'tiny-musl', system: 'beos' }, /'beos'; there are linux-x86-64, /],
    ['no such what-if', { path: 'tiny-musl', whatIfs: ['x'] }, /'x'; there are aslr-off, /],
    ['what-ifs that are no list', { path: 'tiny-musl', whatIfs: 'pti' }, /list of ids/],
    ['a system it is not for', { path: 'tiny-musl', system: 'linux-arm64-64k' }, /no estimate/],
  ];
  for (const [what, input, reason] of refused) {
    it(`says why it cannot answer: ${what}`, () =>
      assert.rejects(ask(input), ({ message }) => {
        assert.match(message, reason);
        assert(message.length < 1000, message);
        return true;
      }));
  }

  it('answers with all what-ifs at once', async () => {
    const whatIfs = WHAT_IFS.map(({ id }) => id);
    const { whatIfs: chosen = [], leftOut = [] } = await ask({ path: 'tiny-musl', whatIfs });
    assert.equal(chosen.length + leftOut.length, whatIfs.length);
    assert(chosen.length > 0 && leftOut.length > 0);
  });

  it('asks before it reads a file outside the workspace', async () => {
    assert.equal((await locate('tiny-musl')).isOutside, false);
    assert.equal((await locate(sample('tiny-musl').fsPath)).isOutside, false);
    assert.equal((await locate(at('text'))).isOutside, true);
    const around = join(sample('.').fsPath, '..', 'package.json');
    assert.equal((await locate(around)).isOutside, true);
    assert.equal((await locate(`${sample('.').fsPath}/../package.json`)).isOutside, true);
    const inside = await estimateTool.prepareInvocation({ input: { path: 'tiny-musl' } });
    assert.match(inside.invocationMessage.value, /Estimating.*tiny-musl/);
    assert.equal(inside.confirmationMessages, undefined);
    const outside = await estimateTool.prepareInvocation({ input: { path: at(strange) } });
    assert.match(outside.confirmationMessages?.title ?? '', /outside the workspace\?$/);
    const { value, isTrusted } = outside.confirmationMessages?.message ?? assert.fail();
    assert(!isTrusted && value.includes('\\[a\\]\\(command:x\\)'), value);
    const link = sample('link-to-elsewhere').fsPath;
    symlinkSync(at(strange), link);
    try {
      const behind = await estimateTool.prepareInvocation({ input: { path: link } });
      assert.match(behind.confirmationMessages?.title ?? '', /may lead outside the workspace\?$/);
    } finally {
      rmSync(link);
    }
    // What is wrong with it is for the answer to say.
    await estimateTool.prepareInvocation({ input: { path: 'absent' } });
    await estimateTool.prepareInvocation({ input: {} });
  });
});
