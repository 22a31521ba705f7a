import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alignsHuge } from '../../../src/program/file-system.js';
import { loadProgram } from '../../../src/program/load-program.js';
import { addToWorld } from './library-world.js';

/** A tmpfs on any Linux, mounted without huge=. */
const SHARED_MEMORY = '/dev/shm';
const PROGRAM = {
  interpreter: '$ROOT/ld-linux-x86-64.so.2',
  needed: ['libx.so'],
  runpath: '$ORIGIN',
};

describe('The file system that a file lies on', () => {
  it('is not known of a file that is not there', () => {
    assert.equal(alignsHuge('/there-is-no-such-file'), undefined);
  });

  const title = 'tells whether large files are aligned';
  if (!existsSync(SHARED_MEMORY)) it.skip(`${title} (skipped: there is no ${SHARED_MEMORY} here)`);
  else
    it(title, () => {
      const root = mkdtempSync(join(SHARED_MEMORY, 'pagecost-'));
      try {
        addToWorld(root, {
          program: PROGRAM,
          inside: { ...PROGRAM, interpreter: '/ld-linux-x86-64.so.2' },
          alone: { pie: true },
          'ld-linux-x86-64.so.2': {},
          'libx.so': {},
        });
        const load = (name: string, sysroot?: string) =>
          loadProgram(join(root, name), sysroot).program;
        const ofLibraries = (of: ReturnType<typeof load>) =>
          of?.libraries.map((library) => library.alignsHuge);
        assert.deepEqual(ofLibraries(load('program')), [false]);
        assert.equal(load('alone')?.alignsHuge, false);
        // Where the files of a sysroot lie here says nothing of where its system has them.
        assert.deepEqual(ofLibraries(load('inside', root)), [undefined]);
        assert.equal(load('alone', root)?.alignsHuge, undefined);
      } finally {
        rmSync(root, { recursive: true });
      }
    });
});
