/** What a keypad code is, in a sentence. Nuki guide, "Keypad codes": six digits 1–9, not beginning with 12. */
export const keypadCodeRule = "Use 6 digits from 1 to 9. The code can't start with 12.";

export function isKeypadCode(text: string): boolean {
  return /^(?!12)[1-9]{6}$/.test(text);
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
