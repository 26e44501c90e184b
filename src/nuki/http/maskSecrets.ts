/** Takes the place of a secret. */
export const hiddenSecret = '******';

/** Fields that hold a secret in any object: `code`, `pushToken`, `secret`, `adminPin`, but neither `errorCode` nor `adminPinState`. */
const secretField = /^(?:code|secret|token|password|pin|\w*(?:Token|Secret|Password|Pin|SharedKey|InviteCode))$/;

/** What may be a keypad code in a text: six digits 1 to 9 that belong to no longer number. */
const codeInText = /(?<!\d)[1-9]{6}(?!\d)/g;

/** A text of the API, such as an error, without what may be a keypad code. */
export function withoutCodes(text: string): string {
  return text.replace(codeInText, hiddenSecret);
}

/** JSON of the API with keypad codes, also those in errors, tokens and other secrets masked; a secret that is missing or `null` stays so. */
export function withoutSecrets(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutSecrets);
  if (typeof json !== 'object' || json === null) return json;
  const fields = Object.entries(json).map(([name, value]: [string, unknown]) => {
    const isSecret = secretField.test(name) && (typeof value === 'string' || typeof value === 'number');
    if (name === 'error' && typeof value === 'string') return [name, withoutCodes(value)] as const;
    return [name, isSecret ? hiddenSecret : withoutSecrets(value)] as const;
  });
  return Object.fromEntries(fields);
}
