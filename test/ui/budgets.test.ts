import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { hasText, picturesOfFailures, start, type Workbench } from './workbench.js';

/** As long as a workbench takes to start an extension and that to check a program, several times over. */
const IDLE_MS = 10_000;

describe('a workspace with budgets', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'pagecost-budgets-'));
  let workbench: Workbench;
  const problems = (text: string): Locator =>
    workbench.page.locator('.markers-panel .monaco-list-row', { hasText: text });

  before(async () => {
    copyFileSync(join(ROOT, 'sample', 'tiny-musl'), join(workspace, 'program'));
    const budgets = [{ files: '*', tablePages: 2 }];
    const text = JSON.stringify({ budgets }, undefined, 2);
    writeFileSync(join(workspace, '.pagecost.json'), text);
    workbench = await start(workspace, {}, { restricted: true });
  });
  picturesOfFailures(() => workbench);
  after(async () => {
    await workbench.stop();
    rmSync(workspace, { recursive: true });
  });

  it('is not checked in Restricted Mode', async () => {
    await workbench.runCommand('Problems: Focus on Problems View');
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
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
    await workbench.page.locator('.monaco-modal-editor-block .codicon-close').first().click();
    await hasText(problems('table pages'), /program: [\d.]+ table pages, over by .*most 2\)/);
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
