// The languages that the flows of languages.test.ts are run in, with the texts that the extension has there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { inEnglish, type Translate } from '../../src/base/locale.ts';
import { repository } from '../vscode/folders.ts';

export interface Language {
  readonly name: string;
  /** A BCP 47 tag. */
  readonly tag: string;
  /** As the extension says an English sentence. */
  readonly t: Translate;
  /** A text of the manifest by its key. */
  readonly title: (key: string) => string;
}

type Texts = Readonly<Record<string, string>>;

function readTexts(path: string): Texts {
  return v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(join(repository, path), 'utf8')));
}

/** One for each letter from a to z, which a reader still reads. */
const accented = 'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž';

/** A text with an accent on every letter, but for placeholders, icons and where links lead. */
export function inPseudo(text: string): string {
  return text.replaceAll(/(\{\d+\}|\$\([^)]*\)|\]\([^)]*\))|[a-z]/gi, (letter, kept?: string) => {
    if (kept !== undefined) return kept;
    const other = accented[Number.parseInt(letter, 36) - 10] ?? '';
    return letter === letter.toLowerCase() ? other : other.toUpperCase();
  });
}

const inGerman = readTexts('l10n/bundle.l10n.de.json');
const manifest = readTexts('package.nls.json');
const pseudoBundle = Object.fromEntries(Object.keys(inGerman).map((sentence) => [sentence, inPseudo(sentence)]));
const pseudoManifest = Object.fromEntries(Object.entries(manifest).map(([key, text]) => [key, inPseudo(text)]));

export const english: Language = {
  name: 'English',
  tag: 'en',
  t: inEnglish,
  title: (key) => known(manifest, key),
};

export const german = languageOf('German', 'de', inGerman, readTexts('package.nls.de.json'));

/**
 * English in accents, by the name of Greek, in which dates and numbers have no plain Latin letter either: what is shown with one was not
 * translated.
 */
export const pseudo = languageOf('the pseudo-locale', 'el', pseudoBundle, pseudoManifest);

/** What makes an extension speak the pseudo-locale, by the path in its folder. */
export const pseudoFiles: Texts = {
  [`l10n/bundle.l10n.${pseudo.tag}.json`]: JSON.stringify(pseudoBundle),
  [`package.nls.${pseudo.tag}.json`]: JSON.stringify(pseudoManifest),
};

function languageOf(name: string, tag: string, sentences: Texts, titles: Texts): Language {
  return {
    name,
    tag,
    t: (sentence, ...values) => inEnglish(known(sentences, sentence), ...values),
    title: (key) => known(titles, key),
  };
}

function known(texts: Texts, key: string): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`there is no text for ${key}`);
  return text;
}
