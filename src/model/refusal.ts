import * as l10n from '@vscode/l10n';
import type { Binary } from '../binary/binary.js';
import { type Diagnostic, diagnostic } from '../binary/diagnostic.js';
import { detectOperatingSystem } from '../system/detect.js';
import type { System } from '../system/system.js';
import { loadSegments } from './load-segments.js';
import type { Placed } from './mapping.js';
import type { LoadedObject, Program } from './program.js';
import { unsound } from './unsound.js';

/** Why there can be no process of a program on a system; undefined where there can. */
export function refusalOf(program: Program, system: System | undefined): Diagnostic | undefined {
  const { binary } = program;
  if (!system) return notAProgram(binary) ?? noSystem(binary);
  return notAProgram(binary) ?? otherSystem(binary, system) ?? unsound(binary, system);
}

/** The program without libraries that no loader could map: those are as good as missing. */
export function loadable(program: Program, system: System): Program {
  const missing = [...program.missing];
  const sound = ({ name, binary }: LoadedObject): boolean => {
    const why = unsound(binary, system);
    if (why) missing.push({ name, reason: why.message });
    return why === undefined;
  };
  const { interpreter } = program;
  return {
    ...program,
    interpreter: interpreter && sound(interpreter) ? interpreter : undefined,
    libraries: program.libraries.filter(sound),
    missing,
  };
}

/** What does not fit in the address space, or not beside the rest of it. */
export function misfit(placed: readonly Placed[], system: System): Diagnostic | undefined {
  const { userBits, pageSize } = system.geometry;
  if (isRoomFor(placed, 2 ** userBits / pageSize)) return undefined;
  const regions = placed
    .flatMap(({ block, base }) =>
      block.mappings.map(({ label, start, pages }) => ({ label, pages, firstPage: base + start })),
    )
    .sort((a, b) => a.firstPage - b.firstPage);
  let end = 0;
  let below = l10n.t('the beginning of the address space');
  for (const { label, firstPage, pages } of regions) {
    if (firstPage < end) {
      return diagnostic(
        'kernel-refuses',
        l10n.t('{0} does not fit above {1}: there is no room.', label, below),
      );
    }
    end = firstPage + pages;
    below = label;
  }
  return end * pageSize > 2 ** userBits
    ? diagnostic(
        'kernel-refuses',
        l10n.t('{0} does not fit in an address space of 2^{1} bytes.', below, userBits),
      )
    : undefined;
}

/** Whether each block lies above the one below it; one may also lie in a hole of another. */
function isRoomFor(placed: readonly Placed[], limit: number): boolean {
  let end = 0;
  for (const { block, base } of placed.toSorted((a, b) => a.base - b.base)) {
    if (base < end) return false;
    end = base + block.pages;
  }
  return end <= limit;
}

/** Why no process begins with a binary, whatever the system; undefined where one may. */
export function notAProgram(
  binary: Pick<Binary, 'type' | 'segments' | 'sections'>,
): Diagnostic | undefined {
  if (binary.type === 'relocatable') {
    const module = binary.sections.some((s) => s.name === '.modinfo');
    return module
      ? diagnostic(
          'kernel-module',
          l10n.t(
            'This is a kernel module: the kernel loads it once, for no process in particular.',
          ),
        )
      : diagnostic(
          'object-file',
          l10n.t(
            'This is an object file: it has sections but no segments until it is linked, so there is no process to estimate.',
          ),
        );
  }
  if (binary.type === 'core') {
    return diagnostic(
      'core-dump',
      l10n.t('This is a core dump: what is left of a process that was, not a program to start.'),
    );
  }
  if (binary.type === 'unknown') {
    return diagnostic(
      'bad-header',
      l10n.t(
        'e_type names no kind of file known here: 2 (executable) and 3 (shared object) are programs.',
      ),
      16,
    );
  }
  if (loadSegments(binary).length === 0) {
    return diagnostic(
      'no-segments',
      l10n.t('The file has no PT_LOAD segment that occupies memory, so there is nothing to load.'),
    );
  }
  return undefined;
}

function noSystem(binary: Binary): Diagnostic {
  const { os, because } = detectOperatingSystem(binary);
  return diagnostic(
    'unknown-system',
    l10n.t(
      'This is a program for {0} on {1} (by {2}); the model does not know that system yet.',
      os,
      binary.machine,
      because,
    ),
  );
}

function otherSystem(binary: Binary, system: System): Diagnostic | undefined {
  if (system.machine !== binary.machine || system.class !== binary.class) {
    return diagnostic(
      'unknown-system',
      l10n.t(
        '{0} is described for programs of {1} ({2}-bit), and this is one of {3} ({4}-bit).',
        l10n.t(system.name),
        system.machine,
        system.class,
        binary.machine,
        binary.class,
      ),
    );
  }
  const { os, because, sure } = detectOperatingSystem(binary);
  if (sure && os !== system.addressSpace.kind) {
    return diagnostic(
      'unknown-system',
      l10n.t(
        '{0} does not run programs for {1}, which this one is by {2}.',
        l10n.t(system.name),
        os,
        because,
      ),
    );
  }
  // The only FreeBSD here is described for static programs, which those of the thread were.
  if (system.addressSpace.kind === 'freebsd' && binary.interpreter !== undefined) {
    return diagnostic(
      'not-modelled',
      l10n.t('Dynamic programs on {0} are not modelled.', l10n.t(system.name)),
    );
  }
  return undefined;
}
