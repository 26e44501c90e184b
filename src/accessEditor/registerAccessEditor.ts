import { languages, workspace, type Disposable, type DocumentFilter } from 'vscode';
import { once } from '../base/once.ts';
import { planScheme } from '../commands/access/planDocuments.ts';
import type { Services } from '../commands/services.ts';

export const accessFiles: DocumentFilter = { pattern: '**/*.nuki-access.{yaml,yml,json}' };
export const plans: DocumentFilter = { scheme: planScheme };

/** Registers what the editor shows in access files and in plans: their text now, all else when there is first such a document. */
export function registerAccessEditor(services: Services): Disposable[] {
  const load = once(async () => (await import('./accessProviders.ts')).registerAccessProviders(services));
  const update = (): void => {
    if (workspace.textDocuments.every((document) => languages.match([accessFiles, plans], document) === 0)) return;
    void load().catch((error: unknown) => services.report.logFailure('access files', error));
  };
  update();
  return [
    workspace.onDidOpenTextDocument(update),
    workspace.registerTextDocumentContentProvider(planScheme, {
      onDidChange: services.planDocuments.onDidChange,
      provideTextDocumentContent: async (uri) => (await import('./planView.ts')).planText(uri, services),
    }),
  ];
}
