import type { Draft, Message, ToHost } from '../protocol.ts';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => Kept | null | undefined;
  readonly setState: (state: Kept) => void;
};

/** What VS Code keeps for a page that is hidden. Used only with the id of this panel: another version may have kept another shape. */
interface Kept {
  readonly panel: string;
  readonly draft: Draft;
}

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
  /** Keeps what is written, without its code, for when the page is hidden. */
  keep(draft: Draft): void;
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
  post('ready', kept?.panel === panel ? kept.draft : null);
  return {
    post,
    preview(read) {
      const wait = (postedAt.get('preview') ?? -Infinity) + previewPace - performance.now();
      clearTimeout(due);
      due = setTimeout(() => post('preview', read()), Math.max(0, wait));
    },
    keep: (draft: Draft) => setState({ panel, draft: { ...draft, code: '' } }),
  };
}
