import { CodeLens, EventEmitter, languages, workspace, type Disposable, type DocumentFilter } from 'vscode';
import { once } from '../base/once.ts';
import { planScheme } from '../commands/access/planDocuments.ts';
import type { Services } from '../commands/services.ts';

const accessFiles: DocumentFilter = { pattern: '**/*.nuki-access.{yaml,yml,json}' };
const plans: DocumentFilter = { scheme: planScheme };

/**
 * Registers what the editor shows in access files and in plans. All of it is loaded when there is first such a document; in Restricted Mode
 * that is only what is wrong with a file by itself.
 */
export function registerAccessEditor(services: Services): Disposable[] {
  const { disposeOnDeactivate: register, planDocuments, report } = services;
  const trusted = new EventEmitter<void>();
  const load = once(async () => {
    const { AccessEditor } = await import('./accessEditor.ts');
    return new AccessEditor(services);
  });
  const loadDiagnostics = once(async () => {
    const editor = await load();
    const { AccessDiagnostics } = await import('./accessDiagnostics.ts');
    register(new AccessDiagnostics(editor, services));
  });
  const update = (): void => {
    if (workspace.textDocuments.every((document) => languages.match(accessFiles, document) === 0)) return;
    void loadDiagnostics().catch((error: unknown) => report.logFailure('access files', error));
  };
  update();
  return [
    trusted,
    workspace.onDidGrantWorkspaceTrust(() => trusted.fire()),
    workspace.onDidOpenTextDocument(update),
    languages.registerCompletionItemProvider(
      accessFiles,
      {
        provideCompletionItems: async (document, position) =>
          workspace.isTrusted ? (await load()).completions(document, position) : undefined,
      },
      ':',
      ' ',
      '"',
      '[',
      ',',
    ),
    languages.registerHoverProvider(accessFiles, {
      provideHover: async (document, position) =>
        workspace.isTrusted ? await (await load()).hover(document, position) : undefined,
    }),
    languages.registerCodeLensProvider(accessFiles, {
      onDidChangeCodeLenses: trusted.event,
      provideCodeLenses: async (document): Promise<CodeLens[]> =>
        workspace.isTrusted ? (await load()).lenses(document) : [],
    }),
    workspace.registerTextDocumentContentProvider(planScheme, {
      onDidChange: planDocuments.onDidChange,
      provideTextDocumentContent: async (uri) => (await import('./planView.ts')).planText(uri, services),
    }),
    languages.registerCodeLensProvider(plans, {
      provideCodeLenses: async ({ uri }) => (await import('./planView.ts')).planLenses(uri, services),
    }),
    languages.registerDocumentLinkProvider(plans, {
      provideDocumentLinks: async ({ uri }) => (await import('./planView.ts')).planLinks(uri, services),
      resolveDocumentLink: async (link) => await (await import('./planView.ts')).resolved(link),
    }),
  ];
}
