import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  detectCLibrary,
  detectOperatingSystem,
  detectSystem,
  isLibrary,
} from '../../../src/system/detect.js';
import type { ImageSpec } from '../../support/elf-builder.js';
import { EM_386, EM_AARCH64, EM_MIPS, EM_X86_64 } from '../../support/elf-builder.js';
import { ENCODINGS, encodingName } from '../../support/encodings.js';
import { readImage, readSound } from '../../support/read-image.js';

const u32 = (n: number) => [0, 8, 16, 24].map((shift) => (n >>> shift) & 0xff);

const program: ImageSpec = {
  class: 64,
  machine: EM_X86_64,
  segments: [{ offset: 0, fileSize: 64 }],
};
const systemOf = (extras: Partial<ImageSpec>) =>
  detectOperatingSystem(readSound({ ...program, ...extras }));

describe('what a binary is for', () => {
  it('is known of each sample', () => {
    const found = (name: string) => {
      const binary = readImage(readFileSync(`sample/${name}`));
      const system = detectSystem(binary);
      assert.ok(system);
      const { id, sure } = detectCLibrary(binary, system);
      return `${system.id}: ${id}${sure ? '' : '?'}`;
    };
    assert.equal(found('tiny.freebsd'), 'freebsd-4.8-i386: freebsd-static');
    assert.equal(found('tiny-split.freebsd'), 'freebsd-4.8-i386: freebsd-static');
    assert.equal(found('tiny-nolibc'), 'linux-x86-64: none');
    assert.equal(found('tiny-musl'), 'linux-x86-64: musl-static?');
    assert.equal(found('tiny-musl-dynamic'), 'linux-x86-64: musl-dynamic');
    assert.equal(found('tiny-glibc-static'), 'linux-x86-64: glibc-static');
    assert.equal(found('tiny-glibc'), 'linux-x86-64: glibc-dynamic');
  });

  it('has glibc in it where it has the ABI note and TLS, which Free Pascal’s programs lack', () => {
    const notes = [{ owner: 'GNU', type: 1, descriptor: Array(16).fill(0) }];
    const tls = { type: 7, flags: 4, address: 0x400000, offset: 0, fileSize: 8 };
    const found = (segments: ImageSpec['segments']) => {
      const binary = readSound({ ...program, notes, segments: segments ?? [] });
      const system = detectSystem(binary);
      assert.ok(system);
      return detectCLibrary(binary, system).id;
    };
    assert.equal(found([...(program.segments ?? []), tls]), 'glibc-static');
    assert.notEqual(found(program.segments), 'glibc-static');
  });

  it('has the C library whose loader it asks for', () => {
    const found = (interpreter: string) => {
      const binary = readSound({ ...program, interpreter });
      const system = detectSystem(binary);
      assert.ok(system);
      const { id, sure } = detectCLibrary(binary, system);
      return sure ? id : `${id}?`;
    };
    for (const path of [
      '/lib64/ld-linux-x86-64.so.2',
      '/nix/store/x-glibc-2.40/lib/ld-linux-x86-64.so.2',
      '/lib/ld-linux-riscv64-lp64d.so.1',
      '/lib64/ld64.so.1',
      '/lib/ld.so.1',
    ]) {
      assert.equal(found(path), 'glibc-dynamic', path);
    }
    assert.equal(found('/lib/ld-musl-x86_64.so.1'), 'musl-dynamic');
    assert.equal(found('/lib/ld-uClibc.so.0'), 'glibc-dynamic?');
    assert.equal(found('/opt/loader'), 'glibc-dynamic?');
  });

  it('has none where it is a library, which is no program', () => {
    const code = { flags: 5, address: 0x1000, content: new Uint8Array(100) };
    const made: ImageSpec = { ...program, type: 3, segments: [code], dynamic: {} };
    const found = (extras: Partial<ImageSpec>) => {
      const binary = readSound({ ...made, ...extras });
      const system = detectSystem(binary);
      assert.ok(system);
      const { id, sure } = detectCLibrary(binary, system);
      return `${isLibrary(binary) ? 'library' : 'program'}: ${id}${sure ? '' : '?'}`;
    };
    const init = [{ name: '.init' }];
    assert.equal(found({ sections: init }), 'library: none');
    const needs = { needed: ['libc.so.6'] };
    assert.equal(found({ entry: 0x1000, dynamic: needs, sections: init }), 'library: none');
    const named = { soname: 'libx.so.1' };
    assert.equal(found({ entry: 0x1000, dynamic: named }), 'library: none');
    const start = { interpreter: '/lib64/ld-linux-x86-64.so.2' };
    assert.equal(found({ ...start, dynamic: needs }), 'program: glibc-dynamic');
    const pie = { flags1: 0x08000000 };
    assert.equal(found({ dynamic: pie, sections: init }), 'program: musl-static?');
    // Linkers before 2016 did not mark programs that can be anywhere.
    assert.equal(found({ entry: 0x1000, sections: init }), 'program: musl-static?');
  });

  for (const encoding of ENCODINGS) {
    it(`is known by its ABI note, ${encodingName(encoding)}`, () => {
      const abiTag = (os: number) => {
        const bytes = new Uint8Array(16);
        new DataView(bytes.buffer).setUint32(0, os, encoding.littleEndian);
        return systemOf({
          ...encoding,
          osAbi: 12, // OpenBSD: the note says more
          notes: [{ owner: 'GNU', type: 1, descriptor: bytes }],
        });
      };
      assert.deepEqual(abiTag(0), { os: 'linux', because: 'its GNU note', sure: true });
      assert.equal(abiTag(2).os, 'solaris');
      assert.equal(abiTag(3).os, 'freebsd');
      assert.equal(abiTag(9).os, 'openbsd');
    });
  }

  it('is known by the owner of its note', () => {
    for (const [owner, os] of [
      ['FreeBSD', 'freebsd'],
      ['NetBSD', 'netbsd'],
      ['OpenBSD', 'openbsd'],
      ['Android', 'android'],
    ] as const) {
      const note = { owner, type: 1, descriptor: [1, 2, 3, 4] };
      assert.equal(systemOf({ notes: [note] }).os, os);
      assert.equal(systemOf({ notes: [{ ...note, type: 2 }] }).sure, false);
    }
  });

  it('is known by its dynamic loader', () => {
    for (const [interpreter, os] of [
      ['/lib64/ld-linux-x86-64.so.2', 'linux'],
      ['/lib/ld-musl-x86_64.so.1', 'linux'],
      ['/lib64/ld64.so.2', 'linux'],
      ['/lib/ld.so.1', 'linux'],
      ['/usr/lib/ld.so.1', 'solaris'],
      ['/usr/lib/amd64/ld.so.1', 'solaris'],
      ['/lib/amd64/ld.so.1', 'solaris'],
      ['/libexec/ld-elf.so.1', 'freebsd'],
      ['/usr/libexec/ld-elf32.so.1', 'freebsd'],
      ['/usr/libexec/ld.so', 'openbsd'],
      ['/libexec/ld.elf_so', 'netbsd'],
      ['/system/bin/linker64', 'android'],
    ] as const) {
      const detected = systemOf({ interpreter });
      assert.deepEqual([detected.os, detected.sure], [os, true], interpreter);
    }
  });

  it('is known by EI_OSABI, and else only assumed', () => {
    assert.deepEqual(systemOf({ osAbi: 9 }), {
      os: 'freebsd',
      because: 'EI_OSABI 9',
      sure: true,
    });
    assert.deepEqual([systemOf({}).os, systemOf({}).sure], ['linux', false]);
  });

  it('is no system of the list for another machine, class or operating system', () => {
    const found = (extras: Partial<ImageSpec>) =>
      detectSystem(readSound({ ...program, ...extras }))?.id;
    assert.equal(found({}), 'linux-x86-64');
    assert.equal(found({ class: 32 }), undefined);
    assert.equal(found({ machine: EM_MIPS }), undefined);
    assert.equal(found({ class: 32, machine: EM_AARCH64 }), undefined);
    assert.equal(found({ osAbi: 12 }), undefined);
    const i386 = { class: 32, machine: EM_386, osAbi: 9 } as const;
    const version = (n: number) => ({ notes: [{ owner: 'FreeBSD', type: 1, descriptor: u32(n) }] });
    assert.equal(found(i386), 'freebsd-4.8-i386');
    assert.equal(found({ ...i386, ...version(480_000) }), 'freebsd-4.8-i386');
    assert.equal(found({ ...i386, ...version(1_300_139) }), undefined);
  });
});
