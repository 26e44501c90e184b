/** Takes the place of a secret. */
export const hiddenSecret = '******';

/** Fields that hold a secret in any object: `code`, `pushToken`, `secret`, `adminPin`, but neither `errorCode` nor `adminPinState`. */
const secretField = /^(?:code|secret|token|password|pin|\w*(?:Token|Secret|Password|Pin|SharedKey|InviteCode))$/;

/** JSON of the API with keypad codes, tokens and other secrets masked; a secret that is missing or `null` stays so. */
export function withoutSecrets(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutSecrets);
  if (typeof json !== 'object' || json === null) return json;
  const fields = Object.entries(json).map(([name, value]: [string, unknown]) => {
    const isSecret = secretField.test(name) && (typeof value === 'string' || typeof value === 'number');
    return [name, isSecret ? hiddenSecret : withoutSecrets(value)] as const;
  });
  return Object.fromEntries(fields);
}
