const hidden = '***';

/**
 * A text fit for the log: without bearer tokens, keypad codes, mail addresses, coordinates and the `secrets`, as they are or as a URL,
 * JSON or base64 writes them. A secret of three characters or fewer stays.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const spellings = secrets.filter((secret) => secret.length > 3).flatMap(spellingsOf);
  const longestFirst = spellings.toSorted((a, b) => b.length - a.length);
  const withoutSecrets = longestFirst.reduce((rest, spelling) => rest.replaceAll(spelling, hidden), text);
  return withoutSecrets
    .replace(/Bearer\s+[^\s"',;\\]+/gi, `Bearer ${hidden}`)
    .replace(secretField, `$1${hidden}`)
    .replace(coordinate, `$1${hidden}`)
    .replace(/[^\s@"'<>()]{1,64}@[^\s@"'<>()]{1,255}\.[^\s@"'<>().]+/g, hidden);
}

// A field and its value as in JSON, JSON within JSON, an object printed by Node, and a URL.
const secretField =
  /(\b(?:(?:\w*_)?(?:code|token|password|pin)|\w*(?:Code|Token|Password|Pin|PIN))["'\\]{0,4}\s{0,9}[:=]\s{0,9})(\\?"[^"]*"|'[^']*'|[^\s,;&}\]"']+)/g;
const coordinate = /(\b(?:latitude|longitude)["'\\]{0,4}\s{0,9}[:=]\s{0,9})(\\?"[^"]*"|'[^']*'|[^\s,;&}\]"']+)/gi;

function spellingsOf(secret: string): string[] {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret))).replaceAll('=', '');
  const base64url = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64, base64url];
}
