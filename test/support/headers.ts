import type { Dynamic, Segment } from '../../src/binary/binary.js';

/** A writable segment that is nowhere in the file; what a test is about goes over it. */
export const SEGMENT: Omit<Segment, 'type'> = {
  readable: true,
  writable: true,
  executable: false,
  offset: 0n,
  address: 0n,
  physicalAddress: 0n,
  fileSize: 0n,
  memorySize: 0n,
  align: 1n,
};

/** A dynamic section that says nothing, likewise. */
export const DYNAMIC: Dynamic = {
  address: 0n,
  needed: [],
  unreadNeeded: 0,
  soname: undefined,
  rpath: undefined,
  runpath: undefined,
  pie: false,
  glibcDefined: undefined,
  glibcNeeded: undefined,
  versionIndex: undefined,
  uniqueReferences: 0,
};
