import { extensions, Uri } from 'vscode';
import { name, publisher } from '../../package.json';

/** A file or folder that comes with the extension. @throws where VS Code does not know the extension */
export function extensionFile(...path: readonly string[]): Uri {
  const self = extensions.getExtension(`${publisher}.${name}`);
  if (!self) throw new Error('The extension does not know where it is.');
  return Uri.joinPath(self.extensionUri, ...path);
}
