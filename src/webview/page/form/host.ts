import type { Draft, KeptForm, Message, ToHost } from '../../protocol/form.ts';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => KeptForm | null | undefined;
  readonly setState: (state: KeptForm) => void;
};

/** Milliseconds between two previews: with them alone the page stays well below `messagesPerSecond`. */
const previewPace = 150;

/** Milliseconds between two presses of the same button that count. */
export const repeatGuardMs = 500;

/** The extension, as the page sees it. */
export interface Host {
  /** @returns whether it was sent: a button that is held down or pressed twice sends once */
  post<N extends keyof ToHost>(name: N, body: ToHost[N]): boolean;
  /** Asks for a preview, at most one in 150 ms, of what is written by then. */
  preview(read: () => Draft): void;
  /** Keeps what is written, without its code, for when the page is hidden or the window is loaded again. */
  keep(form: Omit<KeptForm, 'panel'>): void;
}

/** Listens to the host and says that the page is there. To be called once: VS Code hands out its API once in the life of a page. */
export function connect(receive: (message: Message) => void): Host {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  const panel = document.body.dataset['panel'] ?? '';
  const postedAt = new Map<string, number>();
  let due: ReturnType<typeof setTimeout> | undefined;

  function post<N extends keyof ToHost>(name: N, body: ToHost[N]): boolean {
    const since = performance.now() - (postedAt.get(name) ?? -Infinity);
    if (since < (name === 'preview' ? 0 : repeatGuardMs)) return false;
    postedAt.set(name, performance.now());
    postMessage({ panel, name, body });
    return true;
  }

  window.addEventListener('message', ({ data, origin }: MessageEvent<Message>) => {
    if (origin === window.origin) receive(data);
  });
  const kept = getState();
  // Another panel may have kept it, or another version in another shape: then the host has read it.
  post('ready', kept?.panel === panel ? { draft: kept.draft, hadCode: kept.hadCode } : null);
  return {
    post,
    preview(read) {
      const wait = (postedAt.get('preview') ?? -Infinity) + previewPace - performance.now();
      clearTimeout(due);
      due = setTimeout(() => post('preview', read()), Math.max(0, wait));
    },
    keep: (form) => setState({ ...form, panel, draft: { ...form.draft, code: '' } }),
  };
}
