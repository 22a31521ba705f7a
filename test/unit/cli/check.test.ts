import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildElf, EM_X86_64 } from '../../support/elf-builder.js';
import { assertValid } from '../../support/json-schema.js';
import { runCli } from './run-cli.js';

describe('pagecost check', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pagecost-check-'));
    mkdirSync(join(directory, 'build'));
    for (const name of ['tiny-musl', 'tiny-nolibc', 'tiny.freebsd']) add(name, `build/${name}`);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const add = (name: string, path: string) =>
    copyFileSync(resolve('sample', name), join(directory, path));
  const budgets = (list: unknown, path = '.pagecost.json') =>
    writeFileSync(join(directory, path), JSON.stringify({ budgets: list }));
  const check = (...args: string[]) => runCli(['check', ...args], { cwd: directory });
  const report = (...args: string[]) => {
    const { output } = check('--json', ...args);
    const document = JSON.parse(output);
    assertValid(document);
    return document;
  };
  const estimated = (path: string, ...args: string[]) =>
    JSON.parse(runCli(['--json', ...args, path], { cwd: directory }).output);

  it('ends with 0 where all is within, by the same figures as the estimate', () => {
    const { perProcess } = estimated('build/tiny-musl');
    budgets([{ files: 'build/*-musl', perProcessBytes: perProcess.bytes }]);
    const { code, output, errors } = check();
    assert.equal(errors, '');
    assert.equal(code, 0);
    assert.match(output, /build\/tiny-musl +bytes per process +([\d,]+) +\1 +within/);
    assert.match(output, /1 program checked; all within\.$/m);
    const { status, files } = report();
    assert.equal(status, 'within');
    assert.equal(files[0].limits[0].actual, perProcess.bytes);
  });

  it('ends with 3 where a limit is exceeded, and says by how much', () => {
    const { perProcess } = estimated('build/tiny-musl');
    budgets([
      { files: 'build/tiny-*', perProcessBytes: perProcess.bytes - 10, privatePages: 100 },
      { files: 'build/tiny-musl', aslr: false, tablePages: 1 },
    ]);
    const { code, output } = check();
    assert.equal(code, 3);
    assert.match(output, /build\/tiny-musl +bytes per process .* over by 10$/m);
    const without = estimated('build/tiny-musl', '--no-aslr').pageTables.mean;
    assert.match(
      output,
      new RegExp(`build/tiny-musl, no ASLR +table pages .* over by ${without - 1}$`, 'm'),
    );
    assert.match(output, /^2 programs checked; 2 of 5 limits exceeded\.$/m);
    const document = report();
    assert.equal(document.status, 'over');
    assert.deepEqual(
      document.files.map(({ file, aslr }: { file: string; aslr: boolean }) => [file, aslr]),
      [
        ['build/tiny-musl', true],
        ['build/tiny-nolibc', true],
        ['build/tiny-musl', false],
      ],
    );
    assert.equal(document.files[0].limits[0].overBy, 10);
  });

  it('ends with 1 where a limit may be exceeded by what is not known, unless it is exceeded anyway', () => {
    budgets([{ files: 'build/*.freebsd', perProcessBytes: '1 MiB' }]);
    const { code, output } = check();
    assert.equal(code, 1);
    assert.match(output, /≥ [\d,]+ +unknown: a part of the cost is not known/);
    assert.equal(report().status, 'unknown');
    budgets([{ files: 'build/*.freebsd', perProcessBytes: 1 }]);
    assert.equal(check().code, 3);
    assert.match(check().output, /over by at least/);
  });

  it('checks the named files only, by the budgets that name them', () => {
    budgets([{ files: 'build/*', privatePages: 100 }]);
    const { files } = report('build/tiny-musl');
    assert.deepEqual(
      files.map(({ file }: { file: string }) => file),
      ['build/tiny-musl'],
    );
    add('tiny-musl', 'elsewhere');
    const { code, errors } = check('build/tiny-musl', 'elsewhere', 'build/none', '../x');
    assert.equal(code, 1);
    assert.equal(
      errors,
      `pagecost: build/none: There is no such file.
pagecost: elsewhere: No budget of .pagecost.json names it.
pagecost: ../x: No budget of .pagecost.json names it.
`,
    );
  });

  it('takes patterns from the directory of the budget file', () => {
    budgets([{ files: '*-musl', privatePages: 100 }], 'build/my.json');
    assert.equal(report('--budgets', 'build/my.json').files[0].file, 'tiny-musl');
    assert.equal(report('--budgets', 'build/my.json', 'build/tiny-musl').files.length, 1);
  });

  it('passes by what is no program, what a package manager brought, and loops of links', () => {
    for (const path of ['node_modules', '.git', 'build/deep/er']) {
      mkdirSync(join(directory, path), { recursive: true });
      add('tiny-musl', join(path, 'program'));
    }
    symlinkSync('..', join(directory, 'build/deep/up'));
    symlinkSync('program', join(directory, 'build/deep/er/link'));
    symlinkSync('nowhere', join(directory, 'build/dangling'));
    writeFileSync(join(directory, 'build/script'), '#!/bin/sh\n');
    writeFileSync(join(directory, 'build/empty'), '');
    const segments = [{ flags: 5, offset: 0, address: 0, fileSize: 0x100 }];
    const library = buildElf({ class: 64, machine: EM_X86_64, type: 3, segments });
    const object = buildElf({ class: 64, machine: EM_X86_64, type: 1 });
    writeFileSync(join(directory, 'build/lib.so'), library);
    writeFileSync(join(directory, 'build/a.o'), object);
    budgets([{ files: '**', privatePages: 100 }]);
    const { files, problems } = report();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      files.map(({ file }: { file: string }) => file),
      [
        'build/deep/er/link',
        'build/deep/er/program',
        'build/tiny-musl',
        'build/tiny-nolibc',
        'build/tiny.freebsd',
      ],
    );
  });

  it('says which pattern matches nothing, and where it stands', () => {
    budgets([{ files: ['build/*', 'bild/*'], privatePages: 100 }]);
    const { code, errors } = check();
    assert.equal(code, 1);
    assert.match(
      errors,
      /^pagecost: \.pagecost\.json:1:33: budgets\[0\]\.files\[1\]: No program matches bild\/\*\./,
    );
  });

  it('says what is wrong with a budget file, or that there is none', () => {
    const none = check();
    assert.equal(none.code, 1);
    assert.match(none.errors, /^pagecost: \.pagecost\.json: There is no such file\. .*--budgets/);
    writeFileSync(join(directory, '.pagecost.json'), '{\n  "budgets": [\n');
    const { code, errors } = check();
    assert.equal(code, 1);
    assert.match(errors, /^pagecost: \.pagecost\.json:3:1: This is not JSON: /);
    budgets([{ files: 'build/*', privatPages: 3 }]);
    assert.match(
      check().errors,
      /^pagecost: \.pagecost\.json:1:32: budgets\[0\]\.privatPages: There is no such field\. There are files, .*privatePages, .*/m,
    );
    assert.equal(report().problems[0].field, 'budgets[0].privatPages');
  });

  describe('with a baseline', () => {
    const baseline = () => readFileSync(join(directory, '.pagecost-baseline.json'), 'utf8');
    beforeEach(() => budgets([{ files: 'build/tiny-*', growthBytes: 0 }]));

    it('says what is missing before it is saved', () => {
      const { code, errors, output } = check();
      assert.equal(code, 1);
      assert.match(
        errors,
        /^pagecost: \.pagecost\.json:1:\d+: budgets\[0\]\.growthBytes: This needs a baseline, \.pagecost-baseline\.json\..* --save-baseline/,
      );
      assert.match(output, /bytes of growth +0 +\? +unknown/);
    });

    it('saves it, finds no growth, then growth', () => {
      const { code, output } = check('--save-baseline');
      assert.equal(code, 0);
      assert.equal(output, '2 programs saved in .pagecost-baseline.json\n');
      const saved = JSON.parse(baseline());
      assert.equal(saved.format, 'pagecost-baseline/1');
      assert.deepEqual(
        saved.files.map(({ file }: { file: string }) => file),
        ['build/tiny-musl', 'build/tiny-nolibc'],
      );
      const { perProcess } = estimated('build/tiny-musl');
      assert.equal(saved.files[0].perProcessBytes, perProcess.bytes);
      assert.equal(check().code, 0);
      const first = baseline();
      check('--save-baseline');
      assert.equal(baseline(), first);

      add('tiny-musl-dynamic', 'build/tiny-musl');
      const grown = report();
      assert.equal(grown.status, 'over');
      assert.ok(grown.files[0].limits[0].overBy > 4096);
    });

    it('says which program it has not, and which is of another system', () => {
      check('--save-baseline');
      add('tiny-musl', 'build/tiny-new');
      add('tiny.freebsd', 'build/tiny-musl');
      const { code, errors } = check();
      assert.equal(code, 1);
      assert.match(errors, /budgets\[0\]\.growthBytes: .* has no entry for build\/tiny-new\./);
      assert.match(errors, /has build\/tiny-musl on linux-x86-64; .* freebsd-4\.8-i386 now\./);
    });

    it('says that one of another format is none', () => {
      check('--save-baseline');
      const other = baseline().replace('baseline/1', 'baseline/9');
      writeFileSync(join(directory, '.pagecost-baseline.json'), other);
      const { code, errors } = check();
      assert.equal(code, 1);
      assert.match(
        errors,
        /^pagecost: \.pagecost-baseline\.json:2:13: format: .*pagecost-baseline\/1/,
      );
    });

    it('is saved in place of a link, not where that leads', () => {
      const other = join(directory, 'other');
      writeFileSync(other, 'kept');
      symlinkSync('other', join(directory, '.pagecost-baseline.json'));
      assert.equal(check('--save-baseline').code, 0);
      assert.equal(readFileSync(other, 'utf8'), 'kept');
      assert.match(baseline(), /pagecost-baseline\/1/);
      assert.deepEqual(
        readdirSync(directory).filter((name) => name.includes('baseline')),
        ['.pagecost-baseline.json'],
      );
    });

    it('saves none where a pattern matches nothing, or it cannot be written', () => {
      budgets([{ files: ['build/*', 'none'], growthBytes: 0 }]);
      const { code, errors } = check('--save-baseline');
      assert.equal(code, 1);
      assert.match(errors, /The baseline was not saved\.$/m);
      assert.throws(baseline);
      budgets([{ files: 'build/*', growthBytes: 0 }]);
      mkdirSync(join(directory, '.pagecost-baseline.json'));
      const unwritable = check('--save-baseline');
      assert.equal(unwritable.code, 1);
      assert.match(
        unwritable.errors,
        /baseline \.pagecost-baseline\.json cannot be written: EISDIR/,
      );
    });
  });

  it('writes Markdown that no name breaks out of', () => {
    const name = 'tiny|`x`\n<b>*@you*';
    add('tiny-musl', `build/${name}`);
    budgets([
      { files: 'build/tiny[|]*', tablePages: 1 },
      { files: 'build/tiny|*', tablePages: 1 },
    ]);
    const { code, output } = check('--markdown');
    assert.equal(code, 3);
    const row = output.split('\n').find((line) => line.includes('table pages'));
    assert.match(
      row ?? '',
      /^\| `` build\/tiny\\\|`x`\\u\{a\}<b>\*@you\* `` \| table pages \| 1 \| [\d.]+ \| \*\*over by [\d.]+\*\* \|$/,
    );
    assert.match(
      output,
      /^- `\.pagecost\.json:1:\d+: budgets\[0\]\.files: No program matches build\/tiny\[\|\]\*\. /m,
    );
  });

  it('is told wrong usage from what it cannot do', () => {
    for (const args of [
      ['--json', '--markdown'],
      ['--save-baseline', 'build/tiny-musl'],
      ['--save-baseline', '--json'],
      ['--sysroot', '/nowhere'],
      ['--budget', 'x'],
    ]) {
      const { code, errors } = check(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(errors, /See pagecost check --help\.$/m);
    }
    assert.match(check('--help').output, /^Usage: pagecost check /);
  });
});
