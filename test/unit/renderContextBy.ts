import type { Clock } from '../../src/base/clock.ts';
import { inEnglish } from '../../src/base/locale.ts';
import type { RenderContext } from '../../src/views/text/renderContext.ts';

/** Texts in English, by `clock`, which is right. */
export function renderContextBy(clock: Pick<Clock, 'now'>): () => RenderContext {
  return () => ({ t: inEnglish, language: 'en', now: clock.now(), ownNow: clock.now(), refreshIntervalMs: 60_000 });
}
