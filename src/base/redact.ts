const hidden = '***';

/**
 * A text fit for the log: without the `secrets` in any spelling that a URL, JSON or base64 gives them, without bearer tokens, keypad
 * codes, mail addresses and coordinates.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const spellings = secrets.filter((secret) => secret.length > 3).flatMap(spellingsOf);
  const withoutSecrets = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, hidden), text);
  return withoutSecrets
    .replace(/Bearer\s+[^\s"',;]+/gi, `Bearer ${hidden}`)
    .replace(/("?\b(?:code|token|password|pin)"?\s*[:=]\s*)("[^"]*"|[^\s,;}\]]+)/gi, `$1${hidden}`)
    .replace(/("?\b(?:latitude|longitude)"?\s*[:=]\s*)-?[\d.]+/gi, `$1${hidden}`)
    .replace(/[^\s@"'<>()]+@[^\s@"'<>()]+\.[^\s@"'<>().]+/g, hidden);
}

function spellingsOf(secret: string): string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), btoa(bytes)];
}
