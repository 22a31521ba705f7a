import assert from 'node:assert/strict';
import { commands, ExtensionKind, extensions, Uri, workspace } from 'vscode';
import { createMeasuring } from '#editor/measure/measuring.js';
import {
  activate,
  activeTab,
  closeEverything,
  fixture,
  isActive,
  sample,
  until,
} from '../host/support/host.js';

// Its name is the first of all that run here: nothing may have started the extension before.
describe('In a browser', () => {
  it('nothing is activated at start-up', () => assert.equal(isActive(), false));

  it('there is no Node.js', () => {
    for (const name of ['process', 'Buffer', 'require']) {
      assert.equal(typeof Reflect.get(globalThis, name), 'undefined');
    }
    const kind = extensions.getExtension('pagecost.pagecost')?.extensionKind;
    assert.equal(kind, ExtensionKind.UI);
  });

  it('it starts when a linker script is opened', async () => {
    await workspace.openTextDocument(fixture('counters/counters.ld'));
    await until('the extension', isActive);
  });

  it('it starts, and has no programs to list', async () => {
    const { programItems } = await activate();
    assert.deepEqual(programItems(), []);
  });

  it('commands that need a machine do nothing but open the panel, which says why', async () => {
    for (const name of ['refreshPrograms', 'stopPrograms', 'measureRunning', 'runAndMeasure']) {
      await commands.executeCommand(`pagecost.${name}`, sample('tiny-musl'));
    }
    await until('the panel', () => activeTab()?.label === 'Cost of tiny-musl');
    await closeEverything();
  });

  it('nothing is measured, and it says why', async () => {
    const measuring = createMeasuring(Uri.parse('file:///bin/cat'), () => {});
    assert.match(measuring.state().problem ?? '', /in the browser here/);
    assert.equal(measuring.state().activity, 'none');
  });
});
