/** How many graphemes a name may show, and a longer text such as an error of the API. */
export const nameLength = 64;
export const textLength = 200;

// Everything that draws nothing, or draws something other than itself: controls (C0, C1), format characters (bidirectional
// overrides, zero-width joiners and spaces, tags), variation selectors and fillers, unpaired surrogates, and the line and paragraph
// separators.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
const lineBreak = /[\r\n\t\u2028\u2029]+/g;

/** No letter of any script is made of more code units; what is, is a heap of accents and shown as one unknown character. */
const longestGrapheme = 16;

/** Printable ASCII needs no segmenter, which is slow for the names of thousands of devices. */
const eachAGrapheme = /^[ -~]*$/;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A foreign string made fit to be shown: one line, no invisible or direction-changing characters, at most `length` graphemes.
 * The answer is plain text; a surface that gives characters a meaning needs its own encoder on top (`forIcons`, `forNotification`).
 */
export function safeText(foreign: string, length = nameLength): string {
  // A grapheme can be endless (letter plus accents), so the code units are bounded first.
  const bounded = foreign
    .slice(0, length * longestGrapheme)
    .replace(lineBreak, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .trim();
  if (bounded.length <= length && eachAGrapheme.test(bounded)) return bounded;
  const shown = [...graphemes.segment(bounded)].map(({ segment }) =>
    segment.length <= longestGrapheme ? segment : '\uFFFD',
  );
  return shown.length <= length ? shown.join('') : `${shown.slice(0, length - 1).join('')}…`;
}

/** For quick picks and the status bar, where `$(name)` would become an icon. */
export function forIcons(safe: string): string {
  return safe.replaceAll('$(', '$\u200A(');
}

/**
 * For notifications, progress and input validation, where VS Code makes links of `[text](command:…)`.
 * Text that could hold one is replaced by `fallback`, as VS Code's own extensions do.
 */
export function forNotification(safe: string, fallback: string): string {
  return /\]\(|command:/i.test(safe) ? fallback : safe;
}
