/** VS Code gives a panel its focus back some 50 to 90 ms after the palette closed. */
const FOCUS_IS_BACK_MS = 150;

/**
 * Resolves when a box keeps the focus it gets: one that is shown before a panel got its focus back loses it
 * to the panel, and closes, or stays and takes no key. VS Code has no event for it
 * (microsoft/vscode#93950).
 */
export const paletteClosed = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, FOCUS_IS_BACK_MS);
  });
