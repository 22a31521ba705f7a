import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createFamily } from '../../../src/measure/family.js';
import { readStat } from '../../../src/measure/process-stat.js';
import { onLinux, systemCommand, until } from './live.js';

type Start = { readonly environment?: Record<string, string>; readonly session?: boolean };

/** Starts a command that waits until it is killed, or its input is closed. */
function start(words: readonly string[], { environment, session }: Start = {}) {
  const [command, ...args] = words as [string, ...string[]];
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, {
    env,
    detached: session,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  assert.ok(child.pid !== undefined);
  return { child, pid: child.pid };
}

describe('family', () => {
  onLinux('never has a stranger in it, not even one of the same session', async () => {
    const { mark, find, kill } = createFamily();
    const cat = systemCommand('cat');
    const own = start([...mark.prefix, cat], mark);
    const stranger = start([cat]);
    try {
      await until(() => mark.isOn(own.pid));
      assert.equal(readStat(own.pid)?.session, readStat(stranger.pid)?.session);
      for (let look = 0; look < 3; look++) assert.deepEqual(find(), [own.pid]);
      assert.deepEqual(kill(), [own.pid]);
      await once(own.child, 'exit');
      assert.deepEqual(find(), []);
      assert.match(readStat(stranger.pid)?.state ?? 'gone', /[RS]/);
    } finally {
      for (const { child } of [own, stranger]) child.kill('SIGKILL');
    }
  });

  onLinux('has those in it that only a session tells of, and no number for longer', async () => {
    const first = { pid: 0 };
    const mark = { prefix: [], environment: {}, isOn: (pid: number) => pid === first.pid };
    const { find, kill } = createFamily(mark);
    const script = 'read go; sleep 1000 <&- & exit';
    const { child, pid } = start([systemCommand('sh'), '-c', script], { session: true });
    try {
      first.pid = pid;
      assert.deepEqual(find(), [pid]);
      first.pid = 0;
      child.stdin.write('go\n');
      await once(child, 'exit');
      const [left, ...others] = find();
      assert.ok(left !== undefined && others.length === 0);
      assert.equal(readStat(left)?.session, pid);
      assert.notEqual(readStat(left)?.parent, pid);
    } finally {
      kill();
    }
    await until(() => find().length === 0);
  });
});
