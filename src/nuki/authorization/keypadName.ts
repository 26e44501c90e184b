import { keypadNameBytes } from './authorization.ts';

/** How many bytes a name takes in UTF-8, which is how keypads count. */
export function nameBytes(name: string): number {
  return new TextEncoder().encode(name).length;
}

/** Whether a keypad can hold a name. A longer one is answered with 422, or cut without a word. */
export function fitsKeypad(name: string): boolean {
  return nameBytes(name) <= keypadNameBytes;
}

/**
 * `name`, cut before the first character that a keypad cannot hold: what a reader sees as one is not cut apart, if anything else fits.
 * `most`: bytes in UTF-8.
 */
export function keypadName(name: string, most = keypadNameBytes): string {
  if (nameBytes(name) <= most) return name;
  const graphemes = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return startOf(graphemes, most) || startOf(Array.from(name), most);
}

/** As many of the first parts as fit, without a space at the end. */
function startOf(parts: readonly string[], most: number): string {
  let kept = '';
  for (const part of parts) {
    if (nameBytes(kept + part) > most) break;
    kept += part;
  }
  return kept.trimEnd();
}
