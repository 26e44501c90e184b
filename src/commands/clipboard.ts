import { env, l10n, window, type Selection, type TextEditor } from 'vscode';
import { forIcons, safeText } from '../base/safeText.ts';
import type { Services } from './services.ts';

/** A code is removed from the clipboard after this many milliseconds, if it is still there. */
const keptInClipboard = 30_000;

/** How many characters of what was copied are shown. */
const shownLength = 40;

export async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(l10n.t('Copied {0}', forIcons(safeText(text, shownLength))), 3_000);
}

/** Copies what is too long to be shown, and says `sentence` instead. */
export async function copyQuietly(text: string, sentence: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(sentence, 3_000);
}

/** Copies a keypad code, or what holds one, for a while, and shows nothing of it but `sentence`. */
export async function copySecret(
  secret: string,
  { clock }: Pick<Services, 'clock'>,
  sentence: string = l10n.t('Code copied. The clipboard is cleared after 30 seconds.'),
): Promise<void> {
  await env.clipboard.writeText(secret);
  window.setStatusBarMessage(sentence, 3_000);
  await clock.wait(keptInClipboard);
  if ((await env.clipboard.readText()) === secret) await env.clipboard.writeText('');
}

/** Where in an editor texts go. */
export interface Target {
  readonly editor: TextEditor | undefined;
  readonly targets: readonly Selection[];
}

/** What {@link insert} would do, as the title of a button. */
export function insertLabel({ targets }: Target): string {
  const count = targets.length;
  if (targets.some(({ isEmpty }) => !isEmpty)) {
    return count === 1 ? l10n.t('Replace the Selection') : l10n.t('Replace {0} Selections', count);
  }
  return count === 1 ? l10n.t('Insert at the Cursor') : l10n.t('Insert at {0} Cursors', count);
}

/**
 * Puts texts at the targets. One text goes to every target. Of several texts each goes to its own target; a target whose text is `undefined`
 * stays as it is.
 * @returns whether the text has changed: VS Code says so even of a document that is read-only
 */
export async function insert(texts: readonly (string | undefined)[], { editor, targets }: Target): Promise<boolean> {
  const before = editor?.document.version;
  const applied = await editor?.edit((change) => {
    for (const [index, target] of targets.entries()) {
      const text = texts.length === 1 ? texts[0] : texts[index];
      if (text !== undefined) change.replace(target, text);
    }
  });
  return applied === true && editor?.document.version !== before;
}
