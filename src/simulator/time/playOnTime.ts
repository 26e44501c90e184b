import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/event.ts';
import type { Timeline } from './timeline.ts';

/** Plays the events of `timeline` when they are due by `clock`, also while no one reads the home; until the answer is disposed. */
export function playOnTime(timeline: Timeline, clock: Clock): Disposable {
  let isOver = false;
  let wait = new AbortController();
  const sooner = timeline.onDidScheduleSooner(() => wait.abort());
  const play = async (): Promise<void> => {
    wait = new AbortController();
    await clock.wait(timeline.nextDue - clock.now(), wait.signal);
    if (isOver) return;
    timeline.catchUp();
    void play();
  };
  void play();
  return {
    dispose: () => {
      isOver = true;
      sooner.dispose();
      wait.abort();
    },
  };
}
