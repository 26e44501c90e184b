import { FileDecoration, ThemeColor, Uri, type FileDecorationProvider } from 'vscode';

/** What a row with this `resourceUri` stands for needs attention. One for all rows: a row that is drawn anew then equals the old one. */
export const needsAttentionUri = Uri.from({ scheme: 'nuki-attention', path: '/row' });

/** Puts a mark at the end of such rows: it leaves the icon to the state, and every theme shows it. */
export const attentionDecorations: FileDecorationProvider = {
  provideFileDecoration: ({ scheme }) =>
    scheme === needsAttentionUri.scheme
      ? new FileDecoration('!', undefined, new ThemeColor('nuki.attentionForeground'))
      : undefined,
};
