import { languages, workspace, type Disposable, type DocumentFilter } from 'vscode';
import { completedFieldBefore } from './completedField.ts';
import type { Services } from '../commands/services.ts';
import { setting } from '../settings.ts';

/** The scheme of the read-only documents that show what the API answers; their query is the id of a row. */
export const rawScheme = 'nuki';

/**
 * Registers the hovers and completions for numbers of the API, and the raw JSON documents. What these show is loaded when the user first
 * points at something, types, or opens one.
 */
export function registerApiHelp(services: Services): Disposable[] {
  return [registerHovers(services), registerCompletions(services), registerRawJson(services)];
}

const inLanguages = (...names: string[]): DocumentFilter[] => names.map((language) => ({ language }));

/** Request bodies. VS Code itself has no language for requests, so their files count by name too. */
const bodies: readonly DocumentFilter[] = [...inLanguages('json', 'jsonc', 'http'), { pattern: '**/*.{http,rest}' }];
const programs = inLanguages('javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python');
const logs = inLanguages('log', 'plaintext');

async function loadFieldHelp() {
  return setting('explainNumbers') ? await import('./fieldHelp.ts') : undefined;
}

function registerHovers({ renderContext }: Services): Disposable {
  return languages.registerHoverProvider([...bodies, ...programs, ...logs], {
    provideHover: async (document, position) => (await loadFieldHelp())?.hoverAt(document, position, renderContext()),
  });
}

function registerCompletions({ renderContext }: Services): Disposable {
  return languages.registerCompletionItemProvider(
    [...bodies, ...programs],
    {
      provideCompletionItems: async (document, position) =>
        completedFieldBefore(document, position) &&
        (await loadFieldHelp())?.completionsAt(document, position, renderContext()),
    },
    ':',
    ' ',
  );
}

function registerRawJson({ store, renderContext, rawJsonRefreshRequested }: Services): Disposable {
  return workspace.registerTextDocumentContentProvider(rawScheme, {
    onDidChange: rawJsonRefreshRequested.event,
    provideTextDocumentContent: async ({ query }) => {
      const { readRawJson } = await import('./readRawJson.ts');
      return await readRawJson(query, store, renderContext());
    },
  });
}
