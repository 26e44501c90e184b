import type { Leg } from './motions.ts';
import type { Timeline } from '../time/timeline.ts';

/** Leads a device through its states, one motion at a time: a motion that begins ends the one before it. */
export class Motor {
  readonly #timeline: Timeline;
  readonly #isMoving: (state: number) => boolean;
  readonly #enter: (state: number, deed: string) => void;
  #motions = 0;

  /** `isMoving`: whether the motor turns in a state. `enter`: told of each state and of whose deed led there. */
  constructor(timeline: Timeline, isMoving: (state: number) => boolean, enter: (state: number, deed: string) => void) {
    this.#timeline = timeline;
    this.#isMoving = isMoving;
    this.#enter = enter;
  }

  get hasMoved(): boolean {
    return this.#motions > 0;
  }

  /**
   * Goes through `legs`. `whenDone` is called when the first lasting state is reached, or when another motion has come in between;
   * `whenOver` when the last one is reached.
   */
  play(legs: readonly Leg[], deed: string, whenDone: (cancelled: boolean) => void, whenOver = (): void => {}): void {
    this.#motions += 1;
    const motion = this.#motions;
    let done = false;
    const step = (index: number): void => {
      const leg = legs[index];
      const cancelled = motion !== this.#motions;
      if (leg !== undefined && !cancelled) {
        this.#enter(leg[0], deed);
        this.#timeline.after(leg[1], () => step(index + 1));
      }
      if (!done && (cancelled || leg === undefined || !this.#isMoving(leg[0]))) {
        done = true;
        whenDone(cancelled);
      }
      if (!cancelled && index === legs.length - 1) whenOver();
    };
    step(0);
  }
}
