import type { Clock } from '../../../src/base/clock.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { Report } from '../../../src/report.ts';
import type { RenderContext } from '../../../src/views/text/renderContext.ts';

/** Somebody who reads English by `clock`, which is right. */
export function glanceBy(clock: Pick<Clock, 'now'>): () => RenderContext {
  return () => ({ t: inEnglish, language: 'en', now: clock.now(), ownNow: clock.now(), interval: 60_000 });
}

/** Says what it is told, and keeps no log. */
export function reportWithoutLog(): Report {
  const write = (): void => undefined;
  return new Report({ info: write, error: write, show: write, dispose: write }, () => []);
}
