/**
 * Puts a sentence into the reader's language: the English sentence is the key, `{0}`, `{1}` … stand for `values`.
 * VS Code's `l10n.t` is one; layers that know no VS Code take it as an argument.
 */
export type Translate = (sentence: string, ...values: (string | number)[]) => string;

/** The language that the user reads, and how a sentence gets into it. */
export interface Locale {
  readonly t: Translate;
  /** A BCP 47 tag, such as VS Code's `env.language`. */
  readonly language: string;
}

/** Says every sentence in English, as it is written in the code. */
export const inEnglish: Translate = (sentence, ...values) =>
  sentence.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
