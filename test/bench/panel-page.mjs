import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { openBrowser } from '../../scripts/vscode/server.mjs';
import { median } from './contest.mjs';

const MOVES = 41;

/**
 * The panel, in a browser and without VS Code around it, showing a program.
 *
 * @param {string} folder for the browser's state
 * @param {string} program as `encodeProgram` writes it
 * @param {string} fileName
 */
export async function openPanelPage(folder, program, fileName) {
  const { page, close } = await openBrowser(folder, { width: 1400, height: 1000 });
  await page.setContent('<body></body>');
  await page.addStyleTag({ path: join(ROOT, 'dist/webview/panel.css') });
  await page.evaluate(() => {
    globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
  });
  await page.evaluate(readFileSync(join(ROOT, 'dist/webview/panel.js'), 'utf8'));
  const message = { kind: 'program', uri: 'file:///bench', fileName, program };
  await page.evaluate(
    (data) => window.postMessage({ ...data, defaults: { processes: 10_000 } }),
    message,
  );
  await page.locator('.what-if-lists').waitFor({ timeout: 60_000 });
  return { page, close };
}

/**
 * How long the panel is busy with a new number of processes, and with everything that another
 * condition changes.
 *
 * @param {import('playwright-core').Page} page of `openPanelPage`
 * @returns {Promise<{ script: number, move: number, longest: number, all: number, whatIfs: number }>}
 *   milliseconds: the median move of the slider, without and with its layout; the longest time that the
 *   page did not answer while the what-ifs were worked out anew, and how long it took until they were;
 *   and how many there are
 */
export async function timePanel(page) {
  const moves = await page.evaluate(async (number) => {
    const slider = document.querySelector('input[type=range]');
    const times = [];
    for (let i = 0; i < number; i++) {
      const start = performance.now();
      slider.value = String((i * 7) % (Number(slider.max) + 1));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      // The panel renders in a microtask; reading a height makes the browser lay it out.
      await new Promise((done) => queueMicrotask(() => queueMicrotask(done)));
      const script = performance.now() - start;
      document.body.getBoundingClientRect();
      times.push({ script, all: performance.now() - start });
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return times;
  }, MOVES);
  const anew = await page.evaluate(async () => {
    const longest = { ms: 0 };
    const began = performance.now();
    let last = began;
    const busy = new MessageChannel();
    busy.port1.onmessage = () => {
      const now = performance.now();
      longest.ms = Math.max(longest.ms, now - last);
      last = now;
      busy.port2.postMessage(0);
    };
    const lists = document.querySelector('.what-if-lists');
    document.querySelector('vscode-checkbox').click();
    await new Promise((done) => setTimeout(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    // What is worked out once per change of conditions, beside the what-ifs, is not their time.
    last = performance.now();
    busy.port2.postMessage(0);
    while (lists.getAttribute('aria-busy') === 'true')
      await new Promise((done) => setTimeout(done, 1));
    busy.port1.onmessage = null;
    return { longest: longest.ms, all: performance.now() - began };
  });
  const whatIfs = await page.locator('.what-if').evaluateAll((lines) => lines.length);
  return {
    script: median(moves.map(({ script }) => script)),
    move: median(moves.map(({ all }) => all)),
    ...anew,
    whatIfs,
  };
}
