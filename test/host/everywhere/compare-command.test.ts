import assert from 'node:assert/strict';
import { commands, TabInputWebview, window } from 'vscode';
import { activate, closeEverything, sample, unanswered, until } from '../support/host.js';

describe('The command that compares', () => {
  const panels = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof TabInputWebview)
      .map(({ label }) => label);
  before(activate);
  afterEach(closeEverything);

  it('shows the second of two selected files, and the first of one that is compared with another', async () => {
    const [a, b] = [sample('tiny-musl'), sample('tiny-glibc-static')];
    await commands.executeCommand('pagecost.compareWith', b, [a, b]);
    await until('the panel', () => panels().includes('Cost of tiny-glibc-static'));
    await commands.executeCommand('pagecost.compareWith', a, b);
    await until('the other panel', () => panels().includes('Cost of tiny-musl'));
    assert.equal(panels().length, 2);
  });

  it('opens nothing for three', async () => {
    const files = ['tiny-musl', 'tiny-glibc', 'tiny.freebsd'].map(sample);
    await commands.executeCommand('pagecost.compareWith', files[0], files);
    assert.deepEqual(panels(), []);
  });

  it('does nothing where nobody chooses', async () => {
    await unanswered(commands.executeCommand('pagecost.compareWith', sample('tiny-musl')));
    assert.deepEqual(panels(), []);
  });
});
