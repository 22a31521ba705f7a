import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** Whether Pagecost runs on the machine that has the files of the workspace. */
const ON_MACHINE = '!virtualWorkspace && (!isWeb || remoteName)';
/** Commands that need it. */
const NEED_MACHINE = ['measureRunning', 'runAndMeasure', 'refreshPrograms', 'stopPrograms'];

interface Item {
  readonly command?: string;
  readonly id?: string;
  readonly when?: string;
}

describe('the web extension', () => {
  it('requires nothing but VS Code', () => {
    const text = readFileSync('dist/web.js', 'utf8');
    const required = [...text.matchAll(/\brequire\((["'`])([^"'`]*)\1\)/g)].map(
      ([, , name]) => name,
    );
    assert.deepEqual([...new Set(required)], ['vscode']);
    assert.doesNotMatch(text, /["'`]node:/);
  });

  it('is not offered what needs a machine', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { menus, views } = contributes as Record<string, Record<string, readonly Item[]>>;
    const palette = new Map(menus?.commandPalette?.map(({ command, when }) => [command, when]));
    for (const name of NEED_MACHINE) assert.equal(palette.get(`pagecost.${name}`), ON_MACHINE);
    const measuring = menus?.['editor/title']?.filter(({ command }) =>
      NEED_MACHINE.slice(0, 2).some((name) => command === `pagecost.${name}`),
    );
    assert.equal(measuring?.length, 2);
    const programs = views?.explorer?.find(({ id }) => id === 'pagecost.programs');
    for (const item of [...measuring, programs]) assert(item?.when?.endsWith(` && ${ON_MACHINE}`));
  });
});
