import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { CancellationTokenSource, type Uri } from 'vscode';
import { isLoadable } from '../../src/binary/binary.js';
import { findBinaries } from '../../src/editor/binaries/find-binaries.js';
import { readHeaders } from '../../src/editor/binaries/reading.js';
import { fixture, sample } from './support/host.js';

describe('Binaries of the workspace', () => {
  it('are those of the sample, the newest first', async () => {
    const { binaries, limited } = await findBinaries();
    assert.equal(limited, false);
    assert.deepEqual(binaries.map(({ uri }) => basename(uri.path)).sort(), [
      'tiny-glibc',
      'tiny-glibc-static',
      'tiny-musl',
      'tiny-musl-dynamic',
      'tiny-nolibc',
      'tiny-split.freebsd',
      'tiny.freebsd',
    ]);
    const times = binaries.map(({ modified }) => modified);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    );
    assert(times.every((time) => time > 0));
  });

  it('are not looked for any more once that is cancelled', async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    assert.deepEqual((await findBinaries(source.token)).binaries, []);
  });

  it('are told by their headers', async () => {
    const isBinary = async (uri: Uri) => {
      const { header } = await readHeaders(uri);
      return header !== undefined && isLoadable(header);
    };
    assert.equal(await isBinary(sample('tiny.freebsd')), true);
    assert.equal(await isBinary(sample('tiny.c')), false);
    assert.equal(await isBinary(sample('.')), false);
    assert.equal(await isBinary(sample('absent')), false);
    assert.equal(await isBinary(fixture('hostile-names')), true);
  });
});
