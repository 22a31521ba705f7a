// Preloaded into the process that is measured. Not getrusage's maxrss: Linux hands that on from the
// process that called exec.
const { readFileSync, writeSync } = require('node:fs');

process.on('exit', () => {
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'));
  writeSync(3, peak);
});
