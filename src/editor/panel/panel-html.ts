import type { Webview, WebviewOptions } from 'vscode';
import { extensionFile } from '../extension-file.js';
import { displayLanguage } from '../language.js';

const BUNDLE = ['dist', 'webview'];

/** The panel may run its own script and load its own bundle, and nothing of the workspace. */
export const webviewOptions = (): WebviewOptions => ({
  enableScripts: true,
  localResourceRoots: [extensionFile(...BUNDLE)],
});

/** The page of the panel. No data is in it: what a file says comes later, by message, as text. */
export function panelHtml(webview: Webview): string {
  const resource = (name: string) => webview.asWebviewUri(extensionFile(...BUNDLE, name));
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'nonce-${nonce}';`;
  const { id, texts } = displayLanguage();
  return `<!DOCTYPE html>
<html lang="${id}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <!-- Read by the toolkit, which tests for :focus-visible with a style element of its own. -->
  <meta property="csp-nonce" content="${nonce}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Pagecost</title>
  <link rel="stylesheet" href="${resource('panel.css')}">
  <script type="application/json" id="texts">${inScript(texts)}</script>
  <script nonce="${nonce}" src="${resource('panel.js')}" defer></script>
</head>
<body></body>
</html>`;
}

/** JSON for a script element, which ends at the first end tag in it, whatever that is part of. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
