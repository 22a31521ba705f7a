import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import schema from '../../media/budgets.schema.json';
import manifest from '../../package.json';
import germanTexts from '../../package.nls.de.json';
import texts from '../../package.nls.json';
import { MAX_PROCESSES } from '../../src/model/total.js';
import { WHAT_IFS } from '../../src/model/what-ifs.js';
import { SYSTEMS } from '../../src/system/systems.js';

describe('The manifest', () => {
  it('tells language models of every system and what-if, and of the numbers allowed', () => {
    const { properties } = manifest.contributes.languageModelTools[0]?.inputSchema ?? assert.fail();
    assert.deepEqual(
      properties.system.enum,
      SYSTEMS.map(({ id }) => id),
    );
    assert.deepEqual(
      properties.whatIfs.items.enum,
      WHAT_IFS.map(({ id }) => id),
    );
    assert.equal(properties.processes.minimum, 1);
    assert.equal(properties.processes.maximum, MAX_PROCESSES);
  });

  it('has settings in order, each with a type, a default, a scope and a text', () => {
    const settings = Object.entries(manifest.contributes.configuration.properties);
    settings.forEach(([id, { type, order, scope, markdownDescription, default: value }], i) => {
      assert.equal(order, i + 1, id);
      assert.ok(['resource', 'window', 'machine-overridable'].includes(scope), id);
      assert.ok(type && value !== undefined && markdownDescription, id);
    });
  });

  it('describes a budget in settings as in its own file', () => {
    const all: Readonly<Record<string, string>> = texts;
    const { items } = manifest.contributes.configuration.properties['pagecost.budgets'];
    const described = JSON.stringify(items).replaceAll(/"(%[\w.]+%)"/g, (_, reference) =>
      JSON.stringify(all[name(reference)]),
    );
    assert.deepEqual(JSON.parse(described), whole(schema.definitions.budget));
  });

  it('has no text with a link to a setting or a command that there is not', () => {
    const { commands, configuration, walkthroughs, views } = manifest.contributes;
    const known = [
      ...commands.map(({ command }) => command),
      ...views.explorer.map(({ id }) => `${id}.focus`),
      ...Object.keys(configuration.properties),
      'editor.codeLens',
    ];
    assert.ok(walkthroughs.length > 0);
    const links = [
      ...JSON.stringify([texts, germanTexts]).matchAll(/command:([\w.]+)|`#([\w.]+)#`/g),
    ];
    assert.ok(links.length > 20);
    assert.deepEqual(
      links
        .map(([, command, setting]) => command ?? setting)
        .filter((id) => !known.includes(id ?? '')),
      [],
    );
  });

  it('has first steps that can be taken, each with a picture that says what it shows', () => {
    const { commands, views, walkthroughs } = manifest.contributes;
    const known = [
      ...commands.map(({ command }) => `onCommand:${command}`),
      ...views.explorer.map(({ id }) => `onView:${id}`),
      'onCommand:editor.action.showHover',
    ];
    const { steps } = walkthroughs[0] ?? assert.fail();
    assert.equal(steps.length, 4);
    for (const { completionEvents, media } of steps) {
      assert.deepEqual(
        completionEvents.filter((event) => !known.includes(event)),
        [],
      );
      const [[english, picture], [german, sameInGerman]] = [texts, germanTexts].map(
        (all: Readonly<Record<string, string>>) => {
          const { svg, altText } = { svg: all[name(media.svg)], altText: all[name(media.altText)] };
          const [first = '', ...rest] = readFileSync(svg ?? '', 'utf8').split('\n');
          assert.ok(first.includes(` role="img" aria-label="${altText}"`), svg);
          return [svg, rest.join('\n')];
        },
      ) as [[string, string], [string, string]];
      assert.notEqual(english, german);
      assert.equal(picture, sameInGerman);
      assert.doesNotMatch(picture, /style=|<style|<script|#[\da-f]{3,6}/);
    }
  });
});

/** A part of the schema of budget files with what it refers to in it, for settings can refer to nothing. */
function whole(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(whole);
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...own } = part as { readonly $ref?: string };
  const definitions: Readonly<Record<string, unknown>> = schema.definitions;
  const meant = $ref === undefined ? {} : whole(definitions[$ref.replace('#/definitions/', '')]);
  return {
    ...(meant as object),
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, whole(value)])),
  };
}

/** "%walkthrough%" refers to the text "walkthrough". */
const name = (reference: string): string => reference.slice(1, -1);
