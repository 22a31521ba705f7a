import { extensions, Uri } from 'vscode';

/** A file of the bundle, which comes with the extension. @throws where VS Code does not know the extension */
export function bundledFile(name: string): Uri {
  const self = extensions.getExtension('pagecost.pagecost');
  if (!self) throw new Error('The extension does not know where it is.');
  return Uri.joinPath(self.extensionUri, 'dist', name);
}
