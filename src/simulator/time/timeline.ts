import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/event.ts';
import { seededRandom, type Random } from '../random.ts';

/**
 * Events by their time. No timer runs: `catchUp` plays those that are due by the clock, in their order, whenever the home is read.
 * So a fake clock suffices to play days of it.
 */
export class Timeline {
  readonly random: Random;
  readonly #clock: Clock;
  readonly #due: { at: number; effect: () => void }[] = [];
  readonly #machine: string;
  readonly #cloudClock: number;
  #now: number;
  #ids = 0;
  #isPlaying = false;
  readonly #sooner = new Emitter<void>();
  /** Told when something is to happen before everything that was due so far. */
  readonly onDidScheduleSooner = this.#sooner.event;

  /** `cloudClock`: by how many ms the cloud's clock is ahead of `clock`. */
  constructor(clock: Clock, seed: number, cloudClock: number) {
    this.#cloudClock = cloudClock;
    this.#clock = clock;
    this.#now = clock.now();
    this.random = seededRandom(seed);
    this.#machine = this.random.hex(10);
  }

  /** The moment that is being played, ms since 1970. */
  get now(): number {
    return this.#now;
  }

  /** That moment as the cloud writes it. */
  get date(): string {
    return new Date(this.#now + this.#cloudClock).toISOString();
  }

  /** When the next event is due, ms since 1970; Infinity where there is none. */
  get nextDue(): number {
    return this.#due[0]?.at ?? Infinity;
  }

  /** Plays `effect` in `ms`, after all events that are due at the same moment already. */
  after(ms: number, effect: () => void): void {
    const at = this.#now + ms;
    const later = this.#due.findIndex((other) => other.at > at);
    this.#due.splice(later === -1 ? this.#due.length : later, 0, { at, effect });
    if (later === 0 || this.#due.length === 1) this.#sooner.fire();
  }

  /** Plays all events that are due; none of them can begin that anew. */
  catchUp(): void {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    const until = this.#clock.now();
    for (let next = this.#due[0]; next !== undefined && next.at <= until; next = this.#due[0]) {
      this.#due.shift();
      this.#now = Math.max(this.#now, next.at);
      next.effect();
    }
    this.#now = until;
    this.#isPlaying = false;
  }

  /** A new id in the API's form, an ObjectId: later ones are greater as text. `at`: ms since 1970. */
  newId(at = this.#now + this.#cloudClock): string {
    const seconds = Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0');
    this.#ids += 1;
    return seconds + this.#machine + this.#ids.toString(16).padStart(6, '0');
  }
}
