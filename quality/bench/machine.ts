import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** With a load above it nothing is judged: others take what is measured. */
const mostLoad = 1.5;
/** The same of the processors that are busy while the bench itself does nothing. */
const mostBusy = 0.5;

const longestRest = 60_000; // ms
const glance = 500;

/** Whether the machine has done anything else: what was seen of it, each time the bench has rested. */
export class Machine {
  #why: string | undefined;

  /** Why nothing can be judged, as a sentence; `undefined` on a quiet machine. */
  get tooBusy(): string | undefined {
    return this.#why;
  }

  /** Lets the load fall that preparing has left, for a minute at most. */
  async waitForRest(): Promise<void> {
    const began = performance.now();
    const load = (): number => loadavg()[0] ?? 0;
    if (load() > mostLoad) console.log(`Waiting until the load is ${mostLoad} or less, for a minute at most …`);
    while (load() > mostLoad && performance.now() - began < longestRest) await pause(glance);
    if (load() > mostLoad) this.#why = `The machine was too busy to judge: its load was ${load().toFixed(1)}.`;
  }

  /** Looks for half a second what others do, while the bench does nothing. */
  async glance(): Promise<void> {
    const before = busyMs();
    const began = performance.now();
    await pause(glance);
    const busy = (busyMs() - before) / (performance.now() - began);
    if (busy > mostBusy)
      this.#why ??= `The machine was too busy to judge: ${busy.toFixed(1)} processors were busy while nothing was measured.`;
  }
}

/** How long all processors together have been busy, in milliseconds. */
function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
