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

/** More than any home needs: were half of all codes taken, as many draws would find no free one once in 10³⁰ times. */
const mostDraws = 100;

/**
 * A code that is not taken, each free one as likely as any other; `undefined` when none was found. `randomInt(max)` gives a whole number
 * from 0 to below `max` from a cryptographic source, as Node's `crypto.randomInt` does: a code is a secret.
 */
export function generateKeypadCode(
  taken: Pick<ReadonlySet<string>, 'has'>,
  randomInt: (max: number) => number,
): string | undefined {
  for (let draws = 0; draws < mostDraws; draws += 1) {
    const code = Array.from({ length: codeLength }, () => 1 + randomInt(9)).join('');
    if (isKeypadCode(code) && !taken.has(code)) return code;
  }
  return undefined;
}
