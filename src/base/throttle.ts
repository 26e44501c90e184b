import type { Clock } from './clock.ts';
import type { Disposable } from './event.ts';

/** Runs a task at once when it is asked to, and rests after each run; whatever is asked meanwhile is one more run. */
export class Throttle implements Disposable {
  readonly #task: () => Promise<void> | void;
  readonly #rest: number;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #isAsked = false;
  #isRunning = false;

  /** `rest`: in ms. `task` does not reject. */
  constructor(task: () => Promise<void> | void, rest: number, clock: Clock) {
    this.#task = task;
    this.#rest = rest;
    this.#clock = clock;
  }

  ask(): void {
    this.#isAsked = true;
    if (!this.#isRunning) void this.#run();
  }

  dispose(): void {
    this.#over.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#over;
    this.#isRunning = true;
    while (this.#isAsked && !signal.aborted) {
      this.#isAsked = false;
      await this.#task();
      await this.#clock.wait(this.#rest, signal);
    }
    this.#isRunning = false;
  }
}
