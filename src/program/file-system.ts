import { statfsSync } from 'node:fs';

/**
 * File systems without a get_unmapped_area of their own: the kernel puts their files wherever there is room. By
 * number (statfs; include/uapi/linux/magic.h). Measured on Linux 6.18 are overlayfs, which containers have,
 * tmpfs, ramfs, squashfs and, of those that align, ext2 to ext4, XFS, Btrfs, EROFS and FUSE; NFS and 9p are from the
 * kernel's source. A tmpfs that is mounted with huge= aligns, and cannot be told from one that is not.
 */
const UNALIGNED = new Set([
  0x794c7630, // overlayfs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x73717368, // squashfs
  0x6969, // NFS
  0x01021997, // 9p
]);

/**
 * Whether the kernel aligns large mappings of the file at `path` to huge pages, as its file system has it;
 * undefined where there is no file, or what it lies on does not tell.
 */
export function alignsHuge(path: string): boolean | undefined {
  try {
    const { type } = statfsSync(path);
    return type === 0 ? undefined : !UNALIGNED.has(type);
  } catch {
    return undefined;
  }
}
