import assert from 'node:assert/strict';
import { mapKey, type Spot, type Stop } from '../../../webview/view-model/map-keys.js';

const STOPS: readonly Stop[] = [
  { id: 'stack', cells: 3, open: undefined },
  { id: 'libc', cells: 2, open: false },
  { id: 'libm', cells: 0, open: true },
  { id: 'code', cells: 1, open: undefined },
];
const at = (id: string, cell?: number): Spot => ({ id, cell });
const move = (id: string, cell?: number) => ({ kind: 'move', spot: at(id, cell) });
const toggle = (id: string) => ({ kind: 'toggle', id });

describe('arrow keys in the map', () => {
  const cases: readonly (readonly [string, Spot, unknown])[] = [
    ['ArrowDown', at('stack'), move('libc')],
    ['ArrowDown', at('stack', 2), move('libc')],
    ['ArrowDown', at('code'), undefined],
    ['ArrowUp', at('libc'), move('stack')],
    ['ArrowUp', at('stack'), undefined],
    ['Home', at('code'), move('stack')],
    ['End', at('stack'), move('code')],
    ['ArrowRight', at('stack'), move('stack', 0)],
    ['ArrowRight', at('stack', 0), move('stack', 1)],
    ['ArrowRight', at('stack', 2), undefined],
    ['ArrowLeft', at('stack', 1), move('stack', 0)],
    ['ArrowLeft', at('stack', 0), move('stack')],
    ['ArrowLeft', at('stack'), undefined],
    ['ArrowRight', at('libc'), toggle('libc')],
    ['ArrowRight', at('libm'), undefined],
    ['ArrowLeft', at('libm'), toggle('libm')],
    ['Enter', at('libc'), toggle('libc')],
    [' ', at('libm'), toggle('libm')],
    ['Enter', at('stack'), undefined],
    ['x', at('stack'), undefined],
    ['ArrowDown', at('gone'), undefined],
  ];
  for (const [key, spot, expected] of cases) {
    const where = `${spot.id}${spot.cell === undefined ? '' : ` cell ${spot.cell}`}`;
    it(`${key === ' ' ? 'Space' : key} at ${where}`, () => {
      assert.deepEqual(mapKey(key, spot, STOPS), expected);
    });
  }
});
