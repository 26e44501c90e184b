import { languages, type Disposable, type DocumentFilter } from 'vscode';
import type { RenderContext } from '../views/text/renderContext.ts';

const inLanguages = (...names: string[]): DocumentFilter[] => names.map((language) => ({ language }));

/** Bodies. VS Code itself knows no language for requests, so that their files go by their names too. */
const bodies: readonly DocumentFilter[] = [...inLanguages('json', 'jsonc', 'http'), { pattern: '**/*.{http,rest}' }];
const programsAndLogs = inLanguages(
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'log',
  'plaintext',
);

/** Explains the numbers of the API where they stand in a file. What there is to say is loaded when somebody first points at something. */
export function explainNumbers(isWanted: () => boolean, context: () => RenderContext): Disposable[] {
  const load = async () => (isWanted() ? await import('./fieldHelp.ts') : undefined);
  return [
    languages.registerHoverProvider([...bodies, ...programsAndLogs], {
      provideHover: async (document, position) => (await load())?.hoverAt(document, position, context()),
    }),
    languages.registerCompletionItemProvider(
      bodies,
      {
        provideCompletionItems: async (document, position) =>
          (await load())?.completionsAt(document, position, context()),
      },
      ':',
      ' ',
    ),
  ];
}
