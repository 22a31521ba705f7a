import assert from 'node:assert/strict';
import { type CodeLens, ConfigurationTarget, commands, type Uri, workspace } from 'vscode';
import { activeTab, closeEverything, fixture, openAlone, until } from './support/host.js';

describe('Lenses in code', () => {
  const main = () => fixture('counters/main.c');
  const lensesIn = async (uri: Uri) => {
    await workspace.openTextDocument(uri);
    return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  };
  const set = (key: string, value: unknown) =>
    workspace.getConfiguration('pagecost').update(key, value, ConfigurationTarget.Global);
  const lensesOnceOn = async () => {
    await set('codeLens', true);
    return until('a lens', async () => {
      const lenses = await lensesIn(main());
      return lenses.length > 0 && lenses;
    });
  };
  const titlesIn = async (uri: Uri) => (await lensesIn(uri)).map(({ command }) => command?.title);

  before(() => openAlone(fixture('counters/counters')));
  after(async () => {
    await set('codeLens', undefined);
    await set('processes', undefined);
    await closeEverything();
  });

  it('are not there unless asked for', async () => {
    assert.deepEqual(await lensesIn(main()), []);
  });

  it('say which pages a variable alone costs, as soon as the setting is on', async () => {
    const [lens, ...others] = await lensesOnceOn();
    assert.equal(others.length, 0);
    assert.equal(
      lens?.command?.title,
      '8 KiB in .bss, 2 private pages of its own · ×10,000: 78.1 MiB',
    );
    assert.equal(lens.range.start.line, 7);
    // In assembler, a label.
    assert.deepEqual(await titlesIn(fixture('counters/entry.s')), [
      '4 B in .data, 1 private page of its own · ×10,000: 39.1 MiB',
    ]);
    // Four counters share a page.
    assert.deepEqual(await titlesIn(fixture('counters/one.c')), []);
  });

  it('lead to the panel at the variable', async () => {
    const [lens] = await lensesOnceOn();
    await closeEverything();
    const { command, arguments: given } = lens?.command ?? assert.fail();
    assert.equal(given?.[2], '0x601000');
    await commands.executeCommand(command, ...(given ?? []));
    await until('the panel', () => activeTab()?.label === 'Cost of counters');
  });

  it('are gone as soon as the setting is off', async () => {
    await lensesOnceOn();
    await set('codeLens', false);
    await until('no lens', async () => (await lensesIn(main())).length === 0);
  });
});
