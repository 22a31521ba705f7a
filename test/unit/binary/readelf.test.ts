import assert from 'node:assert/strict';
import { readElf } from '../../../src/binary/elf.js';
import { elfFiles, SYSTEM_DIRECTORIES, sampleOf, withSource } from '../../support/elf-files.js';
import { itWith } from '../../support/it-with.js';
import { differences, readelf } from '../../support/readelf.js';
import { readelfDynamic } from '../../support/readelf-relocations.js';

const SAMPLE = 60;

describe('agreement with readelf', () => {
  let files: readonly string[] = [];
  const itAgrees = (title: string, test: Mocha.Func) => itWith(['readelf'], title, test);

  before('there are programs', () => {
    files = sampleOf(elfFiles(SYSTEM_DIRECTORIES), SAMPLE);
    assert.equal(files.length, SAMPLE);
  });

  const read = (path: string) => {
    const { binary } = withSource(path, readElf);
    assert.ok(binary, path);
    return binary;
  };

  const headersAgree = (paths: readonly string[]) => {
    for (const [path, theirs] of readelf(paths)) {
      assert.deepEqual(differences(read(path), theirs), [], path);
    }
  };

  itAgrees('on the headers of the sample binaries, and where names are hostile', () => {
    const samples = elfFiles(['sample']);
    assert.ok(samples.length >= 7);
    headersAgree(samples);
    headersAgree(['test/fixtures/hostile-dynamic']);
  });

  itAgrees(`on the headers of ${SAMPLE} programs and libraries of this machine`, () => {
    headersAgree(files);
    assert.ok(files.some((path) => read(path).sections.length > 30));
  });

  itAgrees('on the dynamic section and the relocated pages of those that have them', () => {
    const smallEnough = (path: string) => withSource(path, ({ size }) => size < 4 << 20);
    let compared = 0;
    let pages = 0;
    let versions = 0;
    let fewer = 0;
    for (const path of [...elfFiles(['sample']), ...files.filter(smallEnough)]) {
      const { dynamic, relocated, relocatedWhenFixed, hasInitialisers, type } = read(path);
      if (!dynamic || (type !== 'shared' && type !== 'executable')) continue;
      const { address, unreadNeeded, ...names } = dynamic;
      assert.ok(address > 0n);
      assert.equal(unreadNeeded, 0);
      const found = { ...names, relocated, relocatedWhenFixed, hasInitialisers };
      assert.deepEqual(found, readelfDynamic(path), path);
      fewer += relocatedWhenFixed.join() === relocated.join() ? 0 : 1;
      compared++;
      pages += relocated.length;
      versions += names.glibcNeeded === undefined ? 0 : 1;
    }
    assert.ok(compared > 20 && pages > 0 && versions > 0 && fewer > 0, `${compared} files`);
  });
});
