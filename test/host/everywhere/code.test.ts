import assert from 'node:assert/strict';
import { LanguageModelTextPart, lm, workspace } from 'vscode';
import { activate, closeEverything, openAlone, sample } from '../support/host.js';
import { hoverOn } from '../support/hovers.js';

describe('Beside the code of a folder', () => {
  before(activate);
  afterEach(closeEverything);

  it('a hover says what a variable of the last estimate costs', async () => {
    await openAlone(sample('tiny-nolibc'));
    const document = await workspace.openTextDocument(sample('tiny-nolibc.c'));
    const { value } = await hoverOn(document, 'timespec left');
    assert.match(
      value,
      /^\*\*Variable\*\* .*\n```plaintext\nName +left, local to tiny-nolibc\.c\n/,
    );
    assert.match(value, /\nPer process +4 KiB, 1 private page\n×10,000 +39\.1 MiB\n/);
  });

  it('a language model gets the estimate of a path', async () => {
    const { content } = await lm.invokeTool('estimate_process_cost', {
      input: { path: 'tiny-musl', processes: 5 },
      toolInvocationToken: undefined,
    });
    const [part] = content;
    assert(part instanceof LanguageModelTextPart);
    const { processes, perProcess } = JSON.parse(part.value);
    assert.equal(processes, 5);
    assert(perProcess.bytes > 0);
  });
});
