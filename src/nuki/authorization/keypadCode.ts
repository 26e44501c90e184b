/** What keeps a text from being a keypad code: a character that is no ASCII digit, a 0, 12 at the beginning, not six digits. */
export type KeypadCodeProblem = 'digits' | 'zero' | 'prefix' | 'length';

/** Each of them in a sentence. */
export const keypadCodeSentences: Readonly<Record<KeypadCodeProblem, string>> = {
  digits: 'A code holds digits only.',
  zero: 'A code holds no 0.',
  prefix: 'A code does not begin with 12.',
  length: 'A code has six digits.',
};

/** What is wrong with `text` as a keypad code, the first thing to mend first. Nuki guide, "Keypad codes": six digits 1–9, not beginning with 12. */
export function keypadCodeProblem(text: string): KeypadCodeProblem | undefined {
  if (/[^0-9]/.test(text)) return 'digits';
  if (text.includes('0')) return 'zero';
  if (text.startsWith('12')) return 'prefix';
  return text.length === codeLength ? undefined : 'length';
}

export function isKeypadCode(text: string): boolean {
  return keypadCodeProblem(text) === undefined;
}

const codeLength = 6;
const digitCount = 9;
const codesBefore12 = digitCount ** 4;
const codesWith12 = digitCount ** 4;

/** How many codes there are: 9⁶, less the 9⁴ that begin with 12. */
export const keypadCodeCount = digitCount ** codeLength - codesWith12;

/** The keypad code at `place` in the order of numbers, 0 (111111) to {@link keypadCodeCount} − 1 (999999). */
export function keypadCodeAt(place: number): string {
  const value = place < codesBefore12 ? place : place + codesWith12;
  const digits = value.toString(digitCount).padStart(codeLength, '0');
  return digits.replace(/\d/g, (digit) => String(Number(digit) + 1));
}

/** Where `code`, which is a keypad code, is among all of them. The inverse of {@link keypadCodeAt}. */
export function placeOfKeypadCode(code: string): number {
  const digits = code.replace(/\d/g, (digit) => String(Number(digit) - 1));
  const value = Number.parseInt(digits, digitCount);
  return value < codesBefore12 ? value : value - codesWith12;
}

/**
 * A code that is not in `taken`, each free one as likely as any other; `undefined` when none is free.
 * Texts in `taken` that are no codes don't matter. `randomInt(max)` gives a whole number from 0 to below `max`, as Node's
 * `crypto.randomInt` does: a code is a secret, so its source has to be a cryptographic one.
 */
export function generateKeypadCode(taken: ReadonlySet<string>, randomInt: (max: number) => number): string | undefined {
  const takenPlaces = [...taken]
    .filter(isKeypadCode)
    .map(placeOfKeypadCode)
    .toSorted((a, b) => a - b);
  const freeCount = keypadCodeCount - takenPlaces.length;
  if (freeCount === 0) return undefined;
  const chosen = randomInt(freeCount);
  return keypadCodeAt(takenPlaces.reduce((place, other) => (other <= place ? place + 1 : place), chosen));
}
