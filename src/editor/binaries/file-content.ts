import type { Uri } from 'vscode';
import { localFile } from '#editor/binaries/local-file.js';
import { readIfStarted } from '../../binary/elf-started.js';
import { isBlank } from './being-written.js';

/** A program to start, the beginning of one, or room for one, which gold makes before it writes anything. */
export type FileContent = 'program' | 'beginning' | 'blank';

/** What a file of this machine is to a build; undefined for what is no program, as libraries and object files. */
export function contentOf(uri: Uri): FileContent | undefined {
  const opened = localFile(uri)?.read((source): FileContent | undefined => {
    const reading = readIfStarted(source);
    if (reading) return reading.binary ? 'program' : 'beginning';
    return isBlank(source) ? 'blank' : undefined;
  });
  return opened && 'value' in opened ? opened.value : undefined;
}
