import type { Draft, Message, ToHost } from '../protocol.ts';
import { isDraft, isMessage } from './hostMessages.ts';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

/** Milliseconds between two previews: with them alone the page stays well below `messagesPerSecond`. */
const previewPace = 150;

/** Milliseconds between two of the same wish. */
export const previewDebounceMs = 500;

/** The extension, as the page sees it. */
export interface Host {
  /** Says whether it was sent: the same button, held down or pressed twice, is one wish. */
  post<N extends keyof ToHost>(name: N, body: ToHost[N]): boolean;
  /** Asks for a preview: at once, or when the pace allows it, then of what is written by that time. */
  preview(read: () => Draft): void;
  /** Keeps what is written, without its code, for when the page was hidden. */
  keep(draft: Draft): void;
}

/** Finds the host, listens to it and says that the page is there. VS Code hands itself out once in the life of a page. */
export function connect(receive: (message: Message) => void): Host {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  const panel = document.body.dataset['panel'] ?? '';
  const postedAt = new Map<string, number>();
  let due: ReturnType<typeof setTimeout> | undefined;

  function post<N extends keyof ToHost>(name: N, body: ToHost[N]): boolean {
    const since = performance.now() - (postedAt.get(name) ?? -Infinity);
    if (since < (name === 'preview' ? 0 : previewDebounceMs)) return false;
    postedAt.set(name, performance.now());
    postMessage({ panel, name, body });
    return true;
  }

  window.addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
    if (origin === window.origin && isMessage(data)) receive(data);
  });
  const kept = getState();
  post('ready', isDraft(kept) ? kept : null);
  return {
    post,
    preview(read) {
      const wait = (postedAt.get('preview') ?? -Infinity) + previewPace - performance.now();
      clearTimeout(due);
      due = setTimeout(() => post('preview', read()), Math.max(0, wait));
    },
    keep: (draft: Draft) => setState({ ...draft, code: '' }),
  };
}
