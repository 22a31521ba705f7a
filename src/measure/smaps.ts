/** A region of a live process as /proc/PID/smaps has it; sizes and addresses in bytes. */
export interface SmapsRegion {
  /** Its line in /proc/PID/maps. */
  readonly line: string;
  /** Exact: addresses of pages have few enough significant bits for a double. */
  readonly start: number;
  readonly end: number;
  /** "rw-p" and so on. */
  readonly access: string;
  /** Path, "[heap]", or empty. */
  readonly name: string;
  readonly resident: number;
  readonly privateDirty: number;
  readonly swapped: number;
  /** More than the system's where it is made of huge pages (hugetlbfs); undefined where the kernel does not say. */
  readonly pageSize: number | undefined;
}

const KIB = 1024;
const HEADER = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)/;

/**
 * The regions of an smaps file, by ascending address. The vsyscall page, which belongs to the kernel
 * and is no mapping of the process, is left out.
 */
export function parseSmaps(smaps: string): SmapsRegion[] {
  return smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap(parseRegion);
}

function parseRegion(block: string): SmapsRegion[] {
  const line = block.slice(0, block.indexOf('\n'));
  const [, start, end, access, name] = HEADER.exec(line) ?? [];
  if (start === undefined || end === undefined || access === undefined) return [];
  if (name === '[vsyscall]') return [];
  return [
    {
      line,
      start: Number.parseInt(start, 16),
      end: Number.parseInt(end, 16),
      access,
      name: name ?? '',
      resident: kibField(block, 'Rss') ?? 0,
      privateDirty: kibField(block, 'Private_Dirty') ?? 0,
      swapped: kibField(block, 'Swap') ?? 0,
      pageSize: kibField(block, 'KernelPageSize') || undefined,
    },
  ];
}

/** The system's page size; undefined where the kernel does not say it of every region. */
export function systemPageSize(regions: readonly SmapsRegion[]): number | undefined {
  const sizes = [...new Set(regions.map(({ pageSize = 0 }) => pageSize))];
  return sizes.length === 0 ? undefined : Math.min(...sizes) || undefined;
}

/** A line "Name:   12 kB" in bytes. */
export function kibField(text: string, name: string): number | undefined {
  const digits = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits) * KIB;
}
