/** How many graphemes of a name are shown. */
export const nameLength = 64;

/** How many graphemes of a longer text are shown. */
export const textLength = 200;

// Characters that draw nothing or change what others draw: controls, format characters (bidirectional overrides, zero-width joiners,
// tags), variation selectors and fillers, unpaired surrogates, line and paragraph separators.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
const lineBreak = /[\r\n\t\u2028\u2029]+/g;

/** In code units. No letter of any script is longer; a letter under more accents than that is shown as one unknown character. */
const longestGrapheme = 16;

/** Printable Latin letters and signs that nothing below changes, a grapheme each: a segmenter is slow for the names of thousands of devices. */
const isPlain = /^[ -~\u00A1-\u00AC\u00AE-\u02FF]*$/;

/** A segmenter, once there is one: the first takes some 10 ms, and few texts need it. */
const made: { graphemes?: Intl.Segmenter } = {};

/**
 * Foreign text fit to be shown: one line, no invisible or direction-changing characters, at most `length` graphemes.
 * Surfaces that give characters a meaning need an encoder on top: {@link forIcons}, {@link forNotification}.
 */
export function safeText(foreign: string, length = nameLength): string {
  if (foreign.length <= length && isPlain.test(foreign)) return foreign.trim();
  // One grapheme can be endless (a letter plus accents), so the code units are bounded first.
  const bounded = foreign
    .slice(0, length * longestGrapheme)
    .replace(lineBreak, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .trim();
  made.graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const shown = [...made.graphemes.segment(bounded)].map(({ segment }) =>
    segment.length <= longestGrapheme ? segment : '\uFFFD',
  );
  return shown.length <= length ? shown.join('') : `${shown.slice(0, length - 1).join('')}…`;
}

/** Safe text for quick picks and the status bar, which draw `$(name)` as an icon. */
export function forIcons(safe: string): string {
  return safe.replaceAll('$(', '$\u200A(');
}

/**
 * Safe text for notifications, progress and input validation, where `[text](command:…)` becomes a link that runs a command:
 * https://github.com/microsoft/vscode/issues/46571. A hair space keeps the parts of one apart.
 */
export function forNotification(safe: string): string {
  return safe.replaceAll('](', ']\u200A(').replaceAll(/command(?=:)/gi, '$&\u200A');
}
