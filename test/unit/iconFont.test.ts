import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { iconFont } from '../../iconFont.mjs';

const manifestSchema = v.object({
  contributes: v.object({
    icons: v.record(v.string(), v.object({ default: v.object({ fontPath: v.string(), fontCharacter: v.string() }) })),
  }),
});
const manifestText = readFileSync('package.json', 'utf8');
const { icons } = v.parse(manifestSchema, JSON.parse(manifestText)).contributes;
const nameOf = (id: string): string => id.replace(/^nuki-/, '');

describe('the font of our icons', () => {
  it('has a character of its own for each drawing, and a drawing for each', () => {
    const drawings = readdirSync('media/icons').map((file) => file.replace(/\.svg$/, ''));
    assert.deepEqual(Object.keys(icons).map(nameOf).toSorted(), drawings.toSorted());
    const characters = Object.values(icons).map((icon) => icon.default.fontCharacter);
    assert.equal(new Set(characters).size, characters.length);
    for (const character of characters) assert.match(character, /^\\E[0-9A-F]{3}$/);
  });

  it('is a small TrueType font, the same bytes each time', () => {
    const font = iconFont('.');
    assert.deepEqual([...font.subarray(0, 4)], [0, 1, 0, 0]);
    assert.ok(font.length < 10_000);
    assert.deepEqual(iconFont('.'), font);
  });

  it('is drawn on the grid of 16 pixels, in one path', () => {
    for (const id of Object.keys(icons)) {
      const drawing = readFileSync(`media/icons/${nameOf(id)}.svg`, 'utf8');
      assert.match(drawing, /viewBox="0 0 16 16" fill="currentColor"><path d="[^"]+"\/><\/svg>\n$/, id);
    }
  });

  it('has no icon that nothing shows', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`src/${name}`, 'utf8'));
    const shown = [...sources, manifestText.replace(/"icons": \{.*?\n {4}\}/s, '')].join('\n');
    assert.deepEqual(
      Object.keys(icons).filter((id) => !shown.includes(`'${id}'`) && !shown.includes(`$(${id})`)),
      [],
    );
  });
});
