import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFile } from '../../../src/program/open-file.js';

describe('Opening a file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pagecost-open-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const problem = (path: string) => {
    const opened = withFile(path, () => 'opened');
    return 'problem' in opened ? opened.problem : opened.value;
  };

  it('says of what is no regular file what it is, and does not wait for it', () => {
    const fifo = join(directory, 'fifo');
    assert.equal(spawnSync('mkfifo', [fifo]).status, 0);
    assert.match(problem(fifo), /FIFO/);
    assert.match(problem(directory), /directory/);
    assert.match(problem('/dev/zero'), /device/);
    assert.match(problem('/dev/tty'), /device/);
    assert.match(problem(join(directory, 'none')), /no such file/);
    assert.match(problem('\0'), /NUL/);
    assert.match(problem(`${directory}/${'n'.repeat(5000)}`), /longer/);
    symlinkSync('circle', join(directory, 'circle'));
    assert.match(problem(join(directory, 'circle')), /circle/);
  });

  it('closes, and says why, what is gone as soon as it is open', () => {
    const path = join(directory, 'file');
    writeFileSync(path, '0123456789');
    const { fstatSync, closeSync } = fs;
    const closed: number[] = [];
    // As a network file system has it; no local one does.
    fs.fstatSync = () => {
      throw Object.assign(new Error(), { code: 'ESTALE' });
    };
    fs.closeSync = (descriptor) => {
      closed.push(descriptor);
      closeSync(descriptor);
    };
    syncBuiltinESMExports();
    try {
      assert.equal(problem(path), 'It cannot be read: ESTALE.');
      assert.equal(closed.length, 1);
    } finally {
      Object.assign(fs, { fstatSync, closeSync });
      syncBuiltinESMExports();
    }
  });

  it('reads ranges, and less where the file ends, also if it became shorter meanwhile', () => {
    const path = join(directory, 'file');
    writeFileSync(path, '0123456789');
    const read = withFile(path, ({ source }) => {
      const text = (offset: number, length: number) =>
        new TextDecoder().decode(source.read(offset, length));
      const whole = [source.size, text(2, 3), text(8, 2 ** 40), text(10, 1), text(2 ** 50, 1)];
      truncateSync(path, 5);
      return [...whole, text(3, 4)];
    });
    assert.deepEqual(read, { value: [10, '234', '89', '', '', '34'] });
  });
});
