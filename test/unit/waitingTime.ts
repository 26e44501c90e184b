/** Gives how long this process had nothing to do from now on, in ms: neither its own computing nor that of other programs counts. */
export function startWaitingTime(): () => number {
  const start = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(start).idle;
}
