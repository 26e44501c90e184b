import { randomBytes } from 'node:crypto';
import { env, Uri, ViewColumn, window } from 'vscode';
import { randomInt } from '../../base/randomInt.ts';
import { FormSession } from './formSession.ts';
import type { FormRequest, FormServices } from './formServices.ts';
import { formHtml } from './html.ts';

/** Opens the form in a panel of its own. `beside`: next to the form that is shown; in front of it, the panel would hide its code. */
export function openAuthorizationForm(
  request: FormRequest,
  services: FormServices,
  extensionUri: Uri,
  beside = false,
): void {
  const { t } = services.locale();
  const title = request.kind === 'edit' ? t('Edit Authorization') : t('New Authorization');
  const column = beside ? { viewColumn: ViewColumn.Beside, preserveFocus: true } : ViewColumn.Active;
  const folder = Uri.joinPath(extensionUri, 'dist');
  const panel = window.createWebviewPanel('nuki.authorization', title, column, {
    enableScripts: true,
    enableForms: true,
    localResourceRoots: [folder],
  });
  panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  const { webview } = panel;
  const fileUri = (name: string): string => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  const id = randomBytes(16).toString('hex');
  const session = new FormSession(request, services, {
    id,
    ownZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    randomInt,
    post: async (name, body) => {
      try {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview has one page, and this is the way to it
        return await webview.postMessage({ name, body });
      } catch {
        return false; // the panel is gone, or the window is closing
      }
    },
    close: () => void panel.dispose(),
    copy: async (text) => env.clipboard.writeText(text),
    openBeside: (other) => openAuthorizationForm(other, services, extensionUri, true),
  });
  webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  panel.onDidDispose(() => session.dispose());
  webview.html = formHtml({
    nonce: randomBytes(16).toString('base64'),
    script: fileUri('form.js'),
    style: fileUri('form.css'),
    cspSource: webview.cspSource,
    language: env.language,
    panel: id,
  });
}
