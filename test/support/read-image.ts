import assert from 'node:assert/strict';
import type { Binary } from '../../src/binary/binary.js';
import type { DiagnosticCode } from '../../src/binary/diagnostic.js';
import { readElf } from '../../src/binary/elf.js';
import { memorySource } from '../../src/binary/source.js';
import { buildElf, type ImageSpec } from './elf-builder.js';

/** What the reader makes of an image that has to be readable. */
export function readImage(image: Uint8Array): Binary {
  const { binary, diagnostics } = readElf(memorySource(image));
  assert.ok(binary, JSON.stringify(diagnostics));
  return binary;
}

/** The same of an image that has to be without any fault. */
export function readSound(spec: ImageSpec): Binary {
  const binary = readImage(buildElf(spec));
  assert.deepEqual(binary.diagnostics, []);
  return binary;
}

/** Codes of what the reader complains about, in order. */
export const complaints = (image: Uint8Array): DiagnosticCode[] =>
  readElf(memorySource(image)).diagnostics.map(({ code }) => code);
