// Finds planted secrets wherever they may have been left, plain or written in other ways.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The ways in which a secret may be written; of base64 the part that is the same wherever it begins. */
export function formsOf(secret: string): ReadonlySet<string> {
  const shifted = [0, 1, 2].map((shift) => {
    const whole = Buffer.from('\0'.repeat(shift) + secret).toString('base64');
    return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + secret.length) * 8) / 6));
  });
  const escaped = secret.replaceAll(/[^]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), escaped, ...shifted]);
}

/** The secrets in a text. A number counts only where it stands alone: digits are in everything. */
export function secretsIn(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) =>
    [...formsOf(secret)].some((form) =>
      /^\d+$/.test(form) ? new RegExp(`(?<![\\w.])${form}(?![\\w.])`).test(text) : text.includes(form),
    ),
  );
}

export interface Scan {
  readonly files: readonly string[];
  /** Each as the file and what was found in it. */
  readonly hits: readonly string[];
}

/** Looks through every file below a folder. */
export function scan(folder: string, secrets: readonly string[]): Scan {
  if (!existsSync(folder)) return { files: [], hits: [] };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  const hits = files.flatMap((path) => secretsIn(textOf(path), secrets).map((secret) => `${path}: ${secret}`));
  return { files, hits };
}

/** Of a file that a running program has removed since it was listed: nothing. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (existsSync(path)) throw error;
    return '';
  }
}
