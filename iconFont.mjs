/// <reference path="./svg2ttf.d.ts" />
// Makes the font of the product icons that the manifest contributes from the drawings in media/icons.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import svg2ttf from 'svg2ttf';
import svgpath from 'svgpath';
import * as v from 'valibot';

const manifestSchema = v.object({
  contributes: v.object({
    icons: v.record(v.string(), v.object({ default: v.object({ fontCharacter: v.string() }) })),
  }),
});

/** Units of the font for a pixel of the 16 px grid that the icons are drawn on. */
const unitsPerPixel = 64;
const em = 16 * unitsPerPixel;

/**
 * A TrueType font, the same bytes from the same drawings.
 * @param {string} root of the repository
 * @returns {Uint8Array}
 */
export function iconFont(root) {
  const { contributes } = v.parse(manifestSchema, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const glyphs = Object.entries(contributes.icons).map(([id, icon]) => {
    const name = id.replace(/^nuki-/, '');
    return `<glyph glyph-name="${name}" unicode="&#x${icon.default.fontCharacter.slice(1)};" d="${outline(root, name)}"/>`;
  });
  const font = `<svg xmlns="http://www.w3.org/2000/svg"><defs><font id="keyturner" horiz-adv-x="${em}">
    <font-face font-family="keyturner" units-per-em="${em}" ascent="${em}" descent="0"/>
    <missing-glyph/>${glyphs.join('')}</font></defs></svg>`;
  return svg2ttf(font, { ts: 0 }).buffer;
}

/**
 * The one path of a drawing in the units of a font, in which up is up.
 * @param {string} root
 * @param {string} name
 */
function outline(root, name) {
  const drawing = readFileSync(join(root, 'media', 'icons', `${name}.svg`), 'utf8');
  const [, path] = /<path d="([^"]+)"\/>/.exec(drawing) ?? [];
  if (path === undefined) throw new Error(`media/icons/${name}.svg has no path`);
  return svgpath(path).scale(unitsPerPixel, -unitsPerPixel).translate(0, em).toString();
}
