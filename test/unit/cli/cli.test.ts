import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { version } from '../../../package.json';
import { SYSTEMS } from '../../../src/system/systems.js';
import { peakMemory, runCli } from './run-cli.js';

const FREEBSD = 'sample/tiny.freebsd';
const MiB = 2 ** 20;

const json = (...args: string[]) => {
  const { code, output, errors } = runCli(['--json', ...args]);
  assert.equal(errors, '');
  assert.equal(code, 0);
  return JSON.parse(output);
};

describe('pagecost on Bernstein’s program', () => {
  const report = () => json('--heap', '360,80,180,16,440', FREEBSD);

  it('has the figures of the thread', () => {
    const { program, addressSpaceBytes, residentBytes, perProcess, ...rest } = report();
    assert.equal(program.class, 32);
    assert.equal(program.machine, 'i386');
    assert.equal(program.linkage, 'static');
    assert.equal(rest.system, 'freebsd-4.8-i386');
    assert.equal(addressSpaceBytes, 42 * 4096);
    assert.equal(residentBytes, 11 * 4096);
    assert.deepEqual(perProcess, {
      bytes: 11 * 4096,
      privateBytes: 5 * 4096,
      pageTableBytes: 4 * 4096,
      kernelBytes: 2 * 4096,
    });
    assert.equal(rest.sharedOnceBytes, 3 * 4096);
    assert.equal(rest.totalBytes, 3 * 4096 + 10_000 * 11 * 4096);
    assert.deepEqual(rest.heapFill, { usedBytes: 1076, paidBytes: 24_576 });
    const { levels, ...tables } = rest.pageTables;
    assert.equal(levels.length, 2);
    assert.deepEqual(tables, {
      pte: 3,
      pmd: null,
      pud: null,
      p4d: null,
      pgd: 1,
      vmPteBytes: 3 * 4096,
      mean: 3,
      min: 3,
      max: 3,
      distribution: [{ tables: 3, share: 1 }],
      usedBytes: 44,
      bytes: 16_384,
    });
  });

  it('has 16,384 bytes for the first request of a byte', () => {
    const resident = (heap: string) => json('--heap', heap, FREEBSD).residentBytes;
    assert.equal(resident('1') - resident('none'), 16_384);
  });

  it('has one page more where data and bss have a page each', () => {
    const [one, split] = json('--heap', 'none', FREEBSD, 'sample/tiny-split.freebsd');
    assert.equal(split.perProcess.privateBytes - one.perProcess.privateBytes, 4096);
  });
});

describe('pagecost', () => {
  it('multiplies by the processes it is told', () => {
    const { totalBytes, sharedOnceBytes, perProcess } = json(
      '--processes',
      '7',
      'sample/tiny-musl',
    );
    assert.equal(totalBytes, sharedOnceBytes + 7 * perProcess.bytes);
  });

  it('leaves addresses where they are with --no-aslr', () => {
    const { aslr, pageTables } = json('--no-aslr', 'sample/tiny-glibc');
    assert.equal(aslr, false);
    assert.equal(pageTables.min, pageTables.max);
    assert.ok(json('sample/tiny-glibc').pageTables.mean > pageTables.mean);
  });

  it('takes requests that are written for more memory than those that are not', () => {
    const bytes = (...args: string[]) =>
      json('--heap', '100000', ...args, 'sample/tiny-glibc').perProcess.privateBytes;
    assert.ok(bytes('--heap-written') - bytes() >= 90_000);
  });

  it('takes counts as people write them', () => {
    const { processes } = json('--processes', '25k', FREEBSD);
    assert.equal(processes, 25_000);
    assert.equal(json('--processes', '1,000,000', FREEBSD).processes, 1_000_000);
  });

  it('takes the stack and the bss in use into account, and says so', () => {
    const before = json(FREEBSD);
    const after = json('--stack', '65536', '--bss', '0', FREEBSD);
    assert.ok(after.perProcess.privateBytes - before.perProcess.privateBytes >= 61_440);
    assert.equal(after.workload.stackBytes, 65_536);
    assert.equal(after.workload.bssTouched, 0);
    const bss = (share: string) => json('--bss', share, process.execPath).perProcess.bytes;
    assert.ok(bss('100') > bss('0'));
    assert.match(
      runCli(['--stack', '65,536', '--bss', '50', FREEBSD]).output,
      /65,536 bytes of stack;\s50 % of bss/,
    );
  });

  it('writes one report for one file, a list for several, and text by default', () => {
    assert.equal(json(FREEBSD).program.path, FREEBSD);
    const paths = json(FREEBSD, 'sample/tiny-musl').map(
      ({ program }: { program: { path: string } }) => program.path,
    );
    assert.deepEqual(paths, [FREEBSD, 'sample/tiny-musl']);
    const { output } = runCli([FREEBSD, 'sample/tiny-musl']);
    assert.equal(output.match(/one more process/g)?.length, 2);
    assert.equal(output.match(/^Rules$/gm)?.length, 1);
  });

  it('says what it read: headers of node, and of a file of 96 GiB, and no more', () => {
    const { code, errors } = runCli(['--stats', process.execPath, '/dev/null']);
    assert.equal(code, 1);
    const read = (pattern: RegExp) => Number(pattern.exec(errors)?.[1]?.replaceAll(',', ''));
    assert.ok(read(/^read ([\d,]+) of [\d,]+ bytes of .*node$/m) < MiB);
    assert.ok(read(/^read ([\d,]+) bytes of \d+ files$/m) < 2 * MiB);
  });

  it('needs at most 40 MiB more memory than Node.js itself', () => {
    const empty = peakMemory(undefined);
    for (const path of [FREEBSD, process.execPath]) {
      const more = peakMemory([path]) - empty;
      assert.ok(more < 40 * MiB, `${more} bytes more for ${path}`);
    }
  });

  it('does not mind a reader that has seen enough', () => {
    const command = `"${process.execPath}" dist/cli.js ${'sample/tiny-glibc '.repeat(40)} | head -n 1`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`]);
    assert.deepEqual([String(stdout), String(stderr), status], ['sample/tiny-glibc\n', '', 0]);
  });

  it('takes libraries from a sysroot, and none of this machine’s instead', () => {
    const missing = (sysroot: string) =>
      json('--sysroot', sysroot, 'sample/tiny-glibc').program.missing;
    assert.deepEqual(missing('/'), []);
    const [interpreter, library] = missing('sample');
    assert.match(
      interpreter.reason,
      /looked for in the sysroot \/.*sample\. There is no such file/,
    );
    assert.equal(library.name, 'libc.so.6');
  });

  it('tells its version and how to use it', () => {
    assert.equal(runCli(['--version']).output, `${version}\n`);
    const { code, output } = runCli(['--help']);
    assert.equal(code, 0);
    for (const { id } of SYSTEMS) assert.ok(output.includes(id));
    for (const line of output.split('\n')) assert.ok(line.length <= 90, line);
  });

  it('ends with 2 and a reason for a wrong command line, and does nothing', () => {
    for (const [args, reason] of [
      [[], /No file/],
      [['--processes', '0', FREEBSD], /--processes .* from 1 to 1,000,000/],
      [['--processes', '1000001', FREEBSD], /--processes/],
      [['--processes', 'many', FREEBSD], /'many'/],
      [['--system', 'plan9', FREEBSD], /'plan9'.*linux-x86-64, .*freebsd-4\.8-i386/],
      [['--heap', '1,,2', FREEBSD], /--heap/],
      [['--heap', '1e3', FREEBSD], /--heap/],
      [['--heap', '', FREEBSD], /--heap/],
      [['--heap', '1099511627777', FREEBSD], /--heap.*1 TiB/],
      [['--stack', '4k', FREEBSD], /--stack .*'4k'/],
      [['--bss', '101', FREEBSD], /--bss .* 0 to 100/],
      [['--sysroot', '', FREEBSD], /--sysroot is a directory, not ''/],
      [['--sysroot', 'nowhere', FREEBSD], /--sysroot: .*nowhere does not exist/],
      [['--sysroot', FREEBSD, FREEBSD], /--sysroot: .* is not a directory/],
      [['--no-such', FREEBSD], /'--no-such'/],
      [['--json=yes', FREEBSD], /--json/],
    ] as const) {
      const { code, output, errors } = runCli(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(output, '');
      assert.match(errors, reason);
      assert.match(errors, /^pagecost: .*\nSee pagecost --help\.\n$/);
    }
  });
});
