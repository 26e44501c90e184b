import { randomBytes } from 'node:crypto';
import { env, Uri, type WebviewPanel } from 'vscode';
import { pageHtml } from './html.ts';

/** The pages, as their files in dist/ are called. */
export type PageName = 'form' | 'calendar' | 'activity';

/** What the host's side of a page has of the panel in which it is shown. */
export interface PagePanel<ToPage> {
  /** The page puts it into each message. */
  readonly id: string;
  /** @returns whether there was a page to take it: the user may close it at any moment */
  post<N extends keyof ToPage>(name: N, body: ToPage[N]): Promise<boolean>;
  /** What the tab is called. */
  rename(title: string): void;
  close(): void;
}

/** The host's side of a page. */
export interface PageSession {
  /** Reads a message of the page, whatever it is. */
  receive(message: unknown): unknown;
  /** Called whenever that may have changed. A hidden page is gone; it says that it is there once it is shown again. */
  setVisible(isVisible: boolean): void;
  /** The panel was closed. */
  dispose(): void;
}

/** The pages that are open, with their panels. */
const openPages = new Map<PageSession, WebviewPanel>();

/** Brings the panel of the page that passes `isIt` to the front. @returns its session; `undefined` where no such page is open */
export function revealPage<S extends PageSession>(
  kind: new (...parts: never) => S,
  isIt: (session: S) => boolean,
): S | undefined {
  for (const [session, panel] of openPages) {
    if (!(session instanceof kind) || !isIt(session)) continue;
    panel.reveal();
    return session;
  }
  return undefined;
}

/** Shows a page in `panel`, which is its own, and connects the two until the panel is closed. */
export function showPage<ToPage>(
  panel: WebviewPanel,
  page: PageName,
  extensionUri: Uri,
  start: (panel: PagePanel<ToPage>) => PageSession,
): void {
  const { webview } = panel;
  const folder = Uri.joinPath(extensionUri, 'dist');
  const fileUri = (name: string): string => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  webview.options = {
    enableScripts: true,
    enableForms: true,
    localResourceRoots: [folder],
  };
  panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  const id = randomBytes(16).toString('hex');
  const session = start({
    id,
    post: async (name, body) => {
      try {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview has one page, and this is the way to it
        return await webview.postMessage({ name, body });
      } catch {
        return false; // the panel is gone, or the window is closing
      }
    },
    rename: (title) => {
      panel.title = title;
    },
    close: () => void panel.dispose(),
  });
  openPages.set(session, panel);
  webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  panel.onDidChangeViewState(() => session.setVisible(panel.visible));
  panel.onDidDispose(() => {
    openPages.delete(session);
    session.dispose();
  });
  webview.html = pageHtml({
    nonce: randomBytes(16).toString('base64'),
    script: fileUri(`${page}.js`),
    style: fileUri(`${page}.css`),
    cspSource: webview.cspSource,
    language: env.language,
    panel: id,
  });
}
