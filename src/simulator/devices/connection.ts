import type { CloudCopy } from './cloud.ts';
import type { Timeline } from '../time/timeline.ts';
import type { Twist } from './twist.ts';

/** The way from the cloud to a device: it takes its time, and keeps what is to be done while the device is offline. */
export class Connection {
  readonly #cloud: CloudCopy;
  readonly #timeline: Timeline;
  readonly #toDo: (() => void)[] = [];

  constructor(cloud: CloudCopy, timeline: Timeline) {
    this.#cloud = cloud;
    this.#timeline = timeline;
  }

  /** Runs `task` once the device is reached, or `giveUp` where it never is. */
  reach(task: () => void, { after, never = false }: Twist, giveUp = (): void => {}): void {
    const attempt = (): void => {
      if (!this.#cloud.online) this.#toDo.push(attempt);
      else if (never) giveUp();
      else task();
    };
    this.#timeline.after(after ?? this.#reachTime(), attempt);
  }

  /** Cuts or restores the connection; once it is restored, what was kept is done and the cloud catches up. */
  setServerState(serverState: number): void {
    this.#cloud.setServerState(serverState);
    if (!this.#cloud.online) return;
    let delay = 0;
    for (const task of this.#toDo.splice(0)) {
      delay += this.#reachTime();
      this.#timeline.after(delay, task);
    }
  }

  #reachTime(): number {
    return this.#timeline.random.duration(1600, 500, 8000);
  }
}
