import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { VSIX } from '../../scripts/package.mjs';
import {
  type Folders,
  foldersIn,
  forgetUser,
  installExtension,
  openBrowser,
  type Server,
  startServer,
} from '../../scripts/vscode/server.mjs';

/** A server, and a browser, for all tests: to start them takes seconds. */
interface Session {
  readonly server: Server;
  readonly folders: Folders;
  /** Stays empty: the browser ends with its last page. */
  readonly blank: Page;
  stop(): Promise<void>;
}

interface User {
  readonly server: Server;
  readonly folders: Folders;
  readonly page: Page;
}

/** By the language of extensions, English without: a server has one. */
const sessions = new Map<string | undefined, Promise<Session>>();

// Outside any suite: after all of them.
after(async () => {
  for (const session of sessions.values()) await (await session).stop();
});

/**
 * A page for a new user of the server, with the packaged extension. There is one at a time: it is closed
 * before the next one.
 * @param language what extensions speak, English without
 */
export async function newUser(language?: string): Promise<User> {
  const session = sessions.get(language) ?? startSession(language);
  sessions.set(language, session);
  const { server, folders, blank } = await session;
  await forgetUser(blank, server, folders);
  return { server, folders, page: await blank.context().newPage() };
}

async function startSession(language?: string): Promise<Session> {
  const scratch = mkdtempSync(join(tmpdir(), 'pagecost-ui-'));
  const folders = foldersIn(scratch);
  installExtension(folders, VSIX);
  const server = await startServer(folders, { lean: true, ...(language && { language }) });
  const { page: blank, close } = await openBrowser(join(scratch, 'browser'));
  return {
    server,
    folders,
    blank,
    async stop() {
      await close();
      await server.stop();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
