import assert from 'node:assert/strict';
import { factLines } from '../../../src/report/fact-lines.js';

describe('the facts of a hint as lines', () => {
  it('are two columns, the second of which long values stay in', () => {
    assert.deepEqual(
      factLines([
        { label: 'Name', value: 'counter' },
        { label: 'Private', value: `${'relocations are written there; '.repeat(3)}and more` },
        { label: 'Slack', value: 'none' },
      ]),
      [
        'Name     counter',
        'Private  relocations are written there; relocations are written there;',
        '         relocations are written there; and more',
        'Slack    none',
      ],
    );
  });

  it('leave a name whole that has no space', () => {
    const name = 'n'.repeat(200);
    assert.deepEqual(factLines([{ label: 'Also there', value: `a, ${name} (8 B), b` }]), [
      'Also there  a,',
      `            ${name} (8 B),`,
      '            b',
    ]);
  });
});
