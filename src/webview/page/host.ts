import type { MessageOf } from '../protocol/page.ts';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

/** Milliseconds between two messages that are posted soon: with them alone a page stays well below `messagesPerSecond`. */
const pace = 150;

/** Milliseconds between two presses of the same button that count. */
export const repeatGuardMs = 500;

/** The extension, as a page sees it. */
export interface Host<ToHost, Kept> {
  /** @returns whether it was sent: a button that is held down or pressed twice sends once */
  post<N extends keyof ToHost>(name: N, body: ToHost[N]): boolean;
  /** Posts what `read` gives by then, at most one in 150 ms: for what changes while the user types or moves. */
  postSoon<N extends keyof ToHost>(name: N, read: () => ToHost[N]): void;
  /** Keeps something for when the page is hidden or the window is loaded again. */
  keep(kept: Omit<Kept, 'panel'>): void;
  /** What this page has kept, in this panel, before it was hidden. */
  readonly kept: Kept | undefined;
}

/**
 * Connects the page with its host. To be called once: VS Code hands out its API once in the life of a page. The page then posts that it is
 * there.
 */
export function connect<ToHost, ToPage, Kept extends { readonly panel: string }>(
  receive: (message: MessageOf<ToPage>) => void,
): Host<ToHost, Kept> {
  const { postMessage, getState, setState } = acquireVsCodeApi();
  const panel = document.body.dataset['panel'] ?? '';
  const postedAt = new Map<keyof ToHost, number>();
  const due = new Map<keyof ToHost, ReturnType<typeof setTimeout>>();
  // Another panel may have kept it, or another version in another shape: then the host has read it.
  const isOwn = (state: unknown): state is Kept =>
    typeof state === 'object' && state !== null && 'panel' in state && state.panel === panel;

  function send<N extends keyof ToHost>(name: N, body: ToHost[N]): void {
    postedAt.set(name, performance.now());
    postMessage({ panel, name, body });
  }

  /** Milliseconds until `gap` has passed since the last message of that name. */
  function restOf(gap: number, name: keyof ToHost): number {
    return (postedAt.get(name) ?? -Infinity) + gap - performance.now();
  }

  window.addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
    if (origin === window.origin && isMessage<ToPage>(data)) receive(data);
  });
  const state = getState();
  return {
    post(name, body) {
      const isRepeated = restOf(repeatGuardMs, name) > 0;
      if (!isRepeated) send(name, body);
      return !isRepeated;
    },
    postSoon(name, read) {
      clearTimeout(due.get(name));
      due.set(
        name,
        setTimeout(() => send(name, read()), Math.max(0, restOf(pace, name))),
      );
    },
    keep: (kept) => setState({ ...kept, panel }),
    kept: isOwn(state) ? state : undefined,
  };
}

/** Messages with this origin come from VS Code: here is only seen that something else is none. */
function isMessage<ToPage>(data: unknown): data is MessageOf<ToPage> {
  return typeof data === 'object' && data !== null && 'name' in data && 'body' in data;
}

/** Moves the focus within the page, but takes it from no other part of VS Code. */
export function focusWhenActive(focus: () => void): void {
  if (document.hasFocus()) focus();
  else window.addEventListener('focus', focus, { once: true });
}
