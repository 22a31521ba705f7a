import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readLdCache } from '../../../src/program/ld-cache.js';

const MAGIC = 'glibc-ld.so.cache1.1';

/** A cache of names and paths as glibc 2.32 and later write it. */
function cache(entries: readonly (readonly [name: string, path: string])[]): Buffer {
  const strings: number[] = [];
  const add = (text: string) => {
    const at = 48 + entries.length * 24 + strings.length;
    strings.push(...Buffer.from(`${text}\0`));
    return at;
  };
  const table = entries.flatMap(([name, path]) => {
    const entry = Buffer.alloc(24);
    entry.writeInt32LE(0x303, 0);
    entry.writeUInt32LE(add(name), 4);
    entry.writeUInt32LE(add(path), 8);
    return [...entry];
  });
  const header = Buffer.alloc(48);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(entries.length, 20);
  header.writeUInt32LE(strings.length, 24);
  header[28] = 2; // little-endian
  return Buffer.from([...header, ...table, ...strings]);
}

/** The same behind `count` entries in the format of before glibc 2.2. */
function behindOld(bytes: Buffer, count: number): Buffer {
  const old = Buffer.alloc(Math.ceil((16 + 12 * count) / 8) * 8);
  old.write('ld.so-1.7.0', 'latin1');
  old.writeUInt32LE(count, 12);
  return Buffer.concat([old, bytes]);
}

const ENTRIES = [
  ['libz.so.1', '/lib/x86_64-linux-gnu/libz.so.1'],
  ['libz.so.1', '/lib/i386-linux-gnu/libz.so.1'],
  ['liba.so', '/usr/lib/liba.so'],
] as const;

const EXPECTED = new Map([
  ['libz.so.1', ['/lib/x86_64-linux-gnu/libz.so.1', '/lib/i386-linux-gnu/libz.so.1']],
  ['liba.so', ['/usr/lib/liba.so']],
]);

describe('The loader’s cache', () => {
  it('keeps no more of it than it could say, where each entry is the same long path', () => {
    const count = 10_000;
    const bytes = cache([...Array(count).fill(['', '']), ['x', 'x'.repeat(4000)]]);
    for (let i = 0; i < count; i++) {
      bytes.writeUInt32LE(bytes.length - 4001, 48 + i * 24 + 4);
      bytes.writeUInt32LE(bytes.length - 4001, 48 + i * 24 + 8);
    }
    const paths = [...readLdCache(bytes).values()].flat();
    assert.ok(paths.length > 10 && paths.join('').length < 5 * bytes.length);
  });

  it('has what ldconfig says of this machine’s', () => {
    const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
    const lines = [...stdout.matchAll(/^\t(.*) \(.*\) => (.*)$/gm)];
    assert.ok(lines.length > 20);
    const ours = [...readLdCache(readFileSync('/etc/ld.so.cache'))];
    assert.deepEqual(
      ours.flatMap(([name, paths]) => paths.map((path) => [name, path])),
      lines.map(([, name, path]) => [name, path]),
    );
  });

  it('may stand behind one in the older format', () => {
    assert.deepEqual(readLdCache(cache(ENTRIES)), EXPECTED);
    assert.deepEqual(readLdCache(behindOld(cache(ENTRIES), 4)), EXPECTED);
    assert.deepEqual(readLdCache(behindOld(cache(ENTRIES), 5)), EXPECTED);
  });

  it('is empty, or has only what is whole, where it is cut off or nonsense', () => {
    const bytes = behindOld(cache(ENTRIES), 3);
    for (let length = 0; length < bytes.length; length++) {
      for (const [name, paths] of readLdCache(bytes.subarray(0, length))) {
        const known: readonly string[] = EXPECTED.get(name) ?? [];
        assert.ok(paths.every((path) => known.includes(path)));
      }
    }
    const many = cache(ENTRIES);
    many.writeUInt32LE(0xffffffff, 20);
    readLdCache(many);
    const lost = cache(ENTRIES);
    lost.writeUInt32LE(0xffffffff, 48 + 4);
    assert.deepEqual(readLdCache(lost).get('libz.so.1'), ['/lib/i386-linux-gnu/libz.so.1']);
    assert.equal(readLdCache(Buffer.alloc(1000, 'x')).size, 0);
  });
});
