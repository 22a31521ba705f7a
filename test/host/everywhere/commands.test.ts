import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { activate } from '../support/host.js';

describe('Commands', () => {
  it('registers every command of the manifest', async () => {
    await activate();
    const { contributes } = extensions.getExtension('pagecost.pagecost')?.packageJSON ?? {};
    const declared = contributes.commands.map(({ command }: { command: string }) => command);
    const all = new Set(await commands.getCommands(true));
    assert.deepEqual(
      declared.filter((command: string) => !all.has(command)),
      [],
    );
    assert(declared.length >= 9);
  });
});
