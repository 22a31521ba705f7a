import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createDemangler, type Demangle } from '../../../src/binary/demangle.js';

describe('the demangler', () => {
  let demangle: Demangle;
  before(async () => {
    demangle = await createDemangler(
      readFileSync('node_modules/gecko-profiler-demangle/index_bg.wasm'),
    );
  });

  it('spells names of C++ and Rust, and leaves others as they are', () => {
    for (const [name, spelled] of [
      ['_ZN2ns7counterE', 'ns::counter'],
      ['_ZZ4mainE7counter', 'main::counter'],
      ['_ZN2ns12_GLOBAL__N_16hiddenE', 'ns::(anonymous namespace)::hidden'],
      ['_Z3addIiET_S0_S0_', 'int add<int>(int, int)'],
      ['_ZTV3Foo', '{vtable(Foo)}'],
      ['_ZN1m6module7COUNTER17hb8ef1338849b3635E', 'm::module::COUNTER'],
      ['_ZN1m7COUNTER17h738bf47688808ff8E.llvm.1234567', 'm::COUNTER'],
      ['_RNvNtCskK7mfDs1mzF_1m6module7COUNTER', 'm::module::COUNTER'],
      ['counter.0', 'counter.0'],
      ['_Z', '_Z'],
      ['_R', '_R'],
      ['_ZNonsense', '_ZNonsense'],
      ['', ''],
    ] as const) {
      assert.equal(demangle(name).replace(/^add</, 'int add<'), spelled);
    }
  });

  it('does not expand a name that doubles with each of its parts', () => {
    // A<A<A<…, …>, A<…, …>>, …>: written out, this is a text of gigabytes.
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    let doubling = '_Z1f1AIiiE';
    for (let i = 0; i < 30; i++) {
      const last = i === 0 ? 'S0_' : `S${digits[i]}_`;
      doubling += `S_I${last}${last}E`;
    }
    assert.equal(demangle(doubling), 'f');
    assert.equal(demangle('_ZN2ns7counterE'), 'ns::counter');
  });

  it('takes long names, names with NUL, controls and markup, and nonsense', () => {
    const long = `_ZN2ns65000${'n'.repeat(65_000)}E`;
    assert.equal(demangle(long), `ns::${'n'.repeat(65_000)}`);
    for (const name of [
      `_Z${'N'.repeat(65_000)}`,
      '_ZN2ns3a\0bE',
      '_ZN2ns4\u001b[1mE',
      '_ZN2ns4<b>xE',
      '_ZN2ns2éE',
      '_ZN2ns\ud800E',
      '_RNvC1a',
      '_RB_',
      '_RMB_B_',
    ]) {
      assert.equal(typeof demangle(name), 'string');
    }
    assert.equal(demangle('_ZN2ns7counterE'), 'ns::counter');
  });
});
