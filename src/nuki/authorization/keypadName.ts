import { keypadNameBytes } from './authorization.ts';

/** How many bytes a name takes in UTF-8, which is how keypads count. */
export function nameBytes(name: string): number {
  return new TextEncoder().encode(name).length;
}

/** Whether a keypad can hold a name. A longer one is answered with 422, or cut without a word. */
export function fitsKeypad(name: string): boolean {
  return nameBytes(name) <= keypadNameBytes;
}

/** `name`, cut before the first character that a keypad cannot hold: what a reader sees as one is not cut apart, if anything else fits. */
export function keypadName(name: string): string {
  if (fitsKeypad(name)) return name;
  const graphemes = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return startOf(graphemes) || startOf(Array.from(name));
}

/** As many of the first parts as fit, without a space at the end. */
function startOf(parts: readonly string[]): string {
  let kept = '';
  for (const part of parts) {
    if (!fitsKeypad(kept + part)) break;
    kept += part;
  }
  return kept.trimEnd();
}
