import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { build, temporaryFolder } from './files.js';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

// A story in steps: each test goes on where the one before it ended.
describe('a workspace with budgets', () => {
  const workspace = temporaryFolder();
  let workbench: Workbench;
  const problems = (text: string): Locator =>
    workbench.page.locator('.markers-panel .monaco-list-row', { hasText: text });

  const closeModal = () =>
    workbench.page.locator('.monaco-modal-editor-block .codicon-close').first().click();

  before(async () => {
    build('tiny-musl', join(workspace, 'program'));
    const budgets = [{ files: '*', tablePages: 2 }];
    const text = JSON.stringify({ budgets }, undefined, 2);
    writeFileSync(join(workspace, '.pagecost.json'), text);
    workbench = await start(workspace, {}, { restricted: true });
  });
  picturesOfFailures(() => workbench);
  after(() => workbench.stop());

  it('is not checked in Restricted Mode, and says so', async () => {
    await workbench.runCommand('Problems: Focus on Problems View');
    await problems('In Restricted Mode budgets are not checked.').waitFor();
    assert.equal(await problems('program').count(), 0);
  });

  it('is checked as soon as it is trusted, though nobody asked Pagecost for anything', async () => {
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    const trust = workbench.page.locator('.workspace-trust-editor .monaco-button');
    await trust
      .filter({ hasText: /^Trust$/ })
      .first()
      .click();
    // The question lies over everything else until it is closed.
    await closeModal();
    await hasText(problems('table pages'), /program: [\d.]+ table pages, over by .*most 2\)/);
    assert.equal(await problems('Restricted Mode').count(), 0);
  });

  it('leads to the limit, and to what budgets are', async () => {
    const { page } = workbench;
    await problems('table pages').first().dblclick();
    const editor = page.locator('.editor-instance .view-lines');
    await hasText(editor, /"tablePages":\s2/);
    await hasText(page.locator('[id="status.editor.selection"]'), /^Ln 5, Col 22 \(1 selected\)/);
    await problems('table pages').locator('a', { hasText: 'tablePages' }).first().click();
    await hasText(page.locator('.editor-group-container.active .tab.active'), /budgets\.md/);
  });
});
