/** What asks a program to end: Ctrl+C, a supervisor, a terminal that closes. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `listener` for each signal that asks to end, instead of ending. @returns a function that puts an end to this */
export function onSignal(listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => signals.forEach((signal) => process.off(signal, listener));
}

/** Resolves at the first signal that asks to end. The next one ends the program at once, as if no one listened. */
export function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = onSignal(() => {
      end();
      resolve();
    });
  });
}
