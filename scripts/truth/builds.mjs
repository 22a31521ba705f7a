import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('pointers.c', import.meta.url));

/** Ways to link one program; a compiler that is not there, or cannot do it, is left out. */
const BUILDS = {
  gcc: {
    'dynamic PIE': ['-pie', '-fPIE'],
    dynamic: ['-no-pie', '-fno-pie'],
    static: ['-static', '-no-pie', '-fno-pie'],
    'static PIE': ['-static-pie', '-fPIE'],
    'without RELRO': ['-pie', '-fPIE', '-Wl,-z,norelro'],
    'bound at once': ['-pie', '-fPIE', '-Wl,-z,now'],
    'packed relocations': ['-pie', '-fPIE', '-Wl,-z,pack-relative-relocs'],
    'code not apart': ['-pie', '-fPIE', '-Wl,-z,noseparate-code'],
    'pages of 2 MiB': ['-pie', '-fPIE', '-Wl,-z,max-page-size=0x200000'],
  },
  'musl-gcc': {
    'dynamic PIE': ['-pie', '-fPIE'],
    dynamic: ['-no-pie', '-fno-pie'],
    static: ['-static', '-no-pie', '-fno-pie'],
    'static PIE': ['-static-pie', '-fPIE'],
  },
  'g++': { 'dynamic PIE': ['-pie', '-fPIE', '-Wl,--no-as-needed', '-lstdc++'] },
};

/** Builds them into the directory. */
export const builds = (directory) =>
  Object.entries(BUILDS).flatMap(([compiler, ways]) =>
    Object.entries(ways).flatMap(([way, flags], index) => {
      const path = join(directory, `pointers-${compiler}-${index}`);
      const { status } = spawnSync(compiler, [
        '-O2',
        '-o',
        path,
        '-x',
        'c',
        SOURCE,
        '-x',
        'none',
        ...flags,
      ]);
      if (status !== 0) return [];
      // The C++ library asks malloc for memory before main().
      const heap = compiler === 'g++' ? undefined : [];
      return [{ group: 'own builds', name: `${compiler}, ${way}`, path, args: [], heap }];
    }),
  );
