import { EventEmitter, languages, workspace, type CodeLens } from 'vscode';
import type { Services } from '../commands/services.ts';
import { AccessDiagnostics } from './accessDiagnostics.ts';
import { AccessEditor } from './accessEditor.ts';
import { planLenses, planLinks, resolved } from './planView.ts';
import { accessFiles, plans } from './registerAccessEditor.ts';

/** Registers all that is shown in access files and in plans. In Restricted Mode that is only what is wrong with a file by itself. */
export function registerAccessProviders(services: Services): void {
  const { disposeOnDeactivate: register } = services;
  const editor = new AccessEditor(services);
  const trusted = new EventEmitter<void>();
  register(trusted);
  register(workspace.onDidGrantWorkspaceTrust(() => trusted.fire()));
  register(
    languages.registerCompletionItemProvider(
      accessFiles,
      {
        provideCompletionItems: (document, position) =>
          workspace.isTrusted ? editor.completions(document, position) : undefined,
      },
      ':',
      ' ',
      '"',
      '[',
      ',',
    ),
  );
  register(
    languages.registerHoverProvider(accessFiles, {
      provideHover: async (document, position) =>
        workspace.isTrusted ? await editor.hover(document, position) : undefined,
    }),
  );
  register(
    languages.registerCodeLensProvider(accessFiles, {
      onDidChangeCodeLenses: trusted.event,
      provideCodeLenses: (document): CodeLens[] => (workspace.isTrusted ? editor.lenses(document) : []),
    }),
  );
  register(
    languages.registerCodeLensProvider(plans, {
      provideCodeLenses: ({ uri }) => planLenses(uri, services),
    }),
  );
  register(
    languages.registerDocumentLinkProvider(plans, {
      provideDocumentLinks: ({ uri }) => planLinks(uri, services),
      resolveDocumentLink: resolved,
    }),
  );
  register(new AccessDiagnostics(editor, services));
}
