import type { Clock } from '../../base/clock.ts';
import { Emitter, type Disposable } from '../../base/event.ts';

/** The last moment that the clock shows, the end of the year 9999, in ms since 1970. */
export const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** How many times as fast as the computer's a clock may run. */
export const fastest = 100_000;

/** The longest that the computer's clock is asked to wait for at once, in ms: its timers end at 24 days. */
const longestWait = 24 * 3_600_000;

/** A clock that begins when it is told to, never goes back, and can be put forward, sped up and stopped. */
export class SettableClock implements Clock, Disposable {
  readonly #computer: Clock;
  readonly #changed = new Emitter<void>();
  #now: number;
  /** When the computer's clock was last looked at, ms since 1970. */
  #looked: number;
  #speed: number;
  #isOver = false;

  /** `start`: ms since 1970. `speed`: 0 stands still. @throws {RangeError} as `set` and `run` do */
  constructor(computer: Clock, start: number, speed = 1) {
    this.#computer = computer;
    this.#now = checkedTime(start);
    this.#looked = computer.now();
    this.#speed = checkedSpeed(speed);
  }

  /** Where the computer's clock is set back, this one stays. */
  now(): number {
    const real = this.#computer.now();
    this.#now = Math.min(lastMoment, this.#now + Math.max(0, real - this.#looked) * this.#speed);
    this.#looked = real;
    return Math.floor(this.#now);
  }

  /** How many times as fast as the computer's clock it runs. */
  get speed(): number {
    return this.#speed;
  }

  /** Goes to `time`, ms since 1970. @throws {RangeError} where that lies before now, or after the year 9999 */
  set(time: number): void {
    const now = this.now();
    if (checkedTime(time) < now) {
      const [wanted, current] = [new Date(time).toISOString(), new Date(now).toISOString()];
      throw new RangeError(`The clock does not go back: it is ${current}, and ${wanted} is past.`);
    }
    this.#now = time;
    this.#changed.fire();
  }

  /** Goes on by `ms`. @throws {RangeError} where that is below 0, or ends after the year 9999 */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('The clock does not go back: it advances by 0 ms or more.');
    this.set(this.now() + ms);
  }

  /** Runs `speed` times as fast as the computer's clock; 0 stands still. @throws {RangeError} for any other than 0 to 100,000 */
  run(speed: number): void {
    this.now();
    this.#speed = checkedSpeed(speed);
    this.#changed.fire();
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || this.#isOver || signal?.aborted === true) return;
    const due = this.now() + ms;
    await this.#waitForChange(ms, signal);
    await this.wait(due - this.now(), signal);
  }

  /** Ends every wait at once. */
  dispose(): void {
    this.#isOver = true;
    this.#changed.fire();
    this.#changed.dispose();
  }

  /** Resolves after `ms` of this clock, or before that when it is changed or `signal` aborts. */
  async #waitForChange(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const change = new AbortController();
    const end = (): void => change.abort();
    const subscription = this.#changed.event(end);
    signal?.addEventListener('abort', end);
    const real = Math.ceil(ms / this.#speed);
    if (real < Infinity) await this.#computer.wait(Math.min(real, longestWait), change.signal);
    else await new Promise((resolve) => change.signal.addEventListener('abort', resolve));
    subscription.dispose();
    signal?.removeEventListener('abort', end);
  }
}

function checkedTime(time: number): number {
  if (!(time >= 0 && time <= lastMoment)) throw new RangeError('The clock shows times from 1970 to 9999.');
  return time;
}

function checkedSpeed(speed: number): number {
  if (!(speed >= 0 && speed <= fastest))
    throw new RangeError('The clock runs 0 to 100,000 times as fast as real time.');
  return speed;
}
