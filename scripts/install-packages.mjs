import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/** The first Node.js 20 that lets mocha, which is a module, be required. */
const OLDEST_NODE = [20, 19];

/**
 * Installs the packages of package-lock.json where one is missing or another version. Like all it
 * imports, it needs nothing installed.
 */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(
      `Node.js ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.version}.`,
    );
  }
  if (areInstalled()) return;
  console.log('Installing npm packages …');
  // Not `npm install`: that of Node.js 20 writes the lock file anew, without the C libraries of packages.
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed.');
}

function areInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  );
}

/** @returns {Record<string, { version: string, optional?: boolean }>} none where there is no file */
function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(join(ROOT, lockFile), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
