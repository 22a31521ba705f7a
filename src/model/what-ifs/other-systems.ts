import * as l10n from '@vscode/l10n';
import { msg } from '../../msg.js';
import { LINUX_ARM64_16K, LINUX_ARM64_64K } from '../../system/linux-arm64.js';
import { LINUX_X86_64, LINUX_X86_64_LA57, LINUX_X86_64_PTI } from '../../system/linux-x86-64.js';
import type { System } from '../../system/system.js';
import { refusalOf } from '../refusal.js';
import type { Subject, WhatIf } from '../what-if.js';

// The same program on a kernel that is configured in another way, or on another processor.

const others: readonly string[] = ['pages-16k', 'pages-64k', 'five-levels', 'no-pti', 'pti'];

/** A what-if that is another system, for programs of the machine it is for. */
function on(
  system: System,
  about: Pick<WhatIf, 'id' | 'title' | 'change' | 'price' | 'nothing' | 'howTo' | 'source'>,
  obstacle: (subject: Subject) => string | undefined = () => undefined,
): WhatIf {
  return {
    ...about,
    origin: 'today',
    excludes: others.filter((id) => id !== about.id),
    obstacle(subject) {
      const own = subject.system;
      if (own.addressSpace.kind !== 'linux' || own.machine !== system.machine) {
        return l10n.t('No system for {0} that is known here has that.', own.machine);
      }
      if (own.id === system.id) return l10n.t('Its system has that as it is.');
      return obstacle(subject) ?? refusalOf(subject.program, system)?.message;
    },
    subject: (subject) => ({ ...subject, system }),
  };
}

/** There is no system here with both; a change from one to the other would be two at once. */
function notBoth({ system }: Subject): string | undefined {
  return system.id === LINUX_X86_64.id
    ? undefined
    : l10n.t('Five levels and page-table isolation together are not known here.');
}

const ARM_PAGES = {
  change: msg('Fewer and larger pages; tables have as many bytes as a page, and fewer levels.'),
  price: msg(
    'A page that holds a few bytes is larger, too, which costs small processes more than it saves; programs have to be linked for it.',
  ),
  nothing: msg('What its pages cost more, its tables cost less.'),
  source: 'Linux Documentation/arch/arm64/memory.rst',
} as const;

export const pages16K = on(LINUX_ARM64_16K, {
  ...ARM_PAGES,
  id: 'pages-16k',
  title: msg('Pages of 16 KiB'),
  howTo: { text: msg('A kernel built with CONFIG_ARM64_16K_PAGES.'), snippet: undefined },
});

export const pages64K = on(LINUX_ARM64_64K, {
  ...ARM_PAGES,
  id: 'pages-64k',
  title: msg('Pages of 64 KiB'),
  howTo: { text: msg('A kernel built with CONFIG_ARM64_64K_PAGES.'), snippet: undefined },
});

export const fiveLevels = on(
  LINUX_X86_64_LA57,
  {
    id: 'five-levels',
    title: msg('Five levels of page tables'),
    change: msg('Each process has one table more, for an address space that it does not ask for.'),
    price: msg('Dearer by a page.'),
    nothing: msg('It is no cheaper.'),
    howTo: {
      text: msg(
        'What newer server processors do by themselves; this switches it off when the kernel is started.',
      ),
      snippet: 'no5lvl',
    },
    source: 'Linux Documentation/arch/x86/x86_64/5level-paging.rst',
  },
  notBoth,
);

export const withPti = on(
  LINUX_X86_64_PTI,
  {
    id: 'pti',
    title: msg('Page-table isolation'),
    change: msg('While a process runs, the kernel is hidden from it by a second top table.'),
    price: msg('Dearer by a page, and each system call takes longer.'),
    nothing: msg('It is no cheaper.'),
    howTo: { text: msg('An option for the kernel when it is started.'), snippet: 'pti=on' },
    source: 'Linux Documentation/arch/x86/pti.rst',
  },
  notBoth,
);

export const withoutPti = on(
  LINUX_X86_64,
  {
    id: 'no-pti',
    title: msg('No page-table isolation'),
    change: msg('A process has one top table instead of two.'),
    price: msg(
      'On processors that leak (Meltdown), any program can read what the kernel has in memory.',
    ),
    nothing: msg('It has one top table as it is.'),
    howTo: {
      text: msg(
        'An option for the kernel when it is started; processors that do not leak have it by themselves.',
      ),
      snippet: 'pti=off',
    },
    source: 'Linux Documentation/arch/x86/pti.rst',
  },
  ({ system }) =>
    system.id === LINUX_X86_64_PTI.id ? undefined : l10n.t('Its system has none as it is.'),
);
