import { l10n, ProgressLocation, window, type Progress } from 'vscode';

/** Runs `task` in a notification that shows its progress and lets the user stop it. */
export async function stoppable<T>(
  title: string,
  task: (progress: Progress<{ message?: string; increment?: number }>, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, (progress, token) => {
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    return task(progress, stopped.signal);
  });
}

/** The same for reads page by page. @returns `undefined` once the user has stopped them, whatever came of that */
export async function stoppableRead<T>(
  title: string,
  read: (options: {
    readonly signal: AbortSignal;
    readonly onPage: (page: number, pages: number) => void;
  }) => Promise<T>,
): Promise<T | undefined> {
  return await stoppable(title, async (progress, signal) => {
    const onPage = (page: number, pages: number): void =>
      progress.report({ message: l10n.t('{0} of {1}', page, pages), increment: 100 / pages });
    try {
      const answer = await read({ signal, onPage });
      return signal.aborted ? undefined : answer;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** Runs `task` in a notification that shows that it goes on. */
export async function withProgress<T>(title: string, task: () => Promise<T>): Promise<T> {
  return await window.withProgress({ location: ProgressLocation.Notification, title }, task);
}

/** Runs `task` with its progress shown in the sidebar. */
export async function withSidebarProgress<T>(task: () => Promise<T>): Promise<T> {
  return await window.withProgress({ location: { viewId: 'nuki.devices' } }, task);
}
