import type { Page } from 'playwright-core';
import { within } from '../within.ts';

/** The longest that anything may take until it is painted, in seconds. */
const longest = 30;

/** What is to be on the screen: so many elements that match and say `text`. */
export interface Sight {
  readonly selector: string;
  /** A regular expression. */
  readonly text: string;
  readonly count?: number;
}

/** In the page: looks in each frame, and notes when the sight has been painted, in milliseconds since 1970. */
function look({ selector, text, count = 1 }: Sight): void {
  const pattern = new RegExp(text);
  const isThere = (): boolean => {
    const found = [...document.querySelectorAll(selector)].filter((one) => pattern.test(one.textContent ?? ''));
    return found.length >= count;
  };
  const seen = new Promise<number>((resolve) => {
    const lookAgain = (): void => {
      // A task after the frame's: what was there in it has been drawn.
      if (isThere()) setTimeout(() => resolve(performance.timeOrigin + performance.now()));
      else requestAnimationFrame(lookAgain);
    };
    lookAgain();
  });
  Object.assign(globalThis, { benchSight: seen });
}

/** Begins to look. The answer comes when the sight has been painted: the time of it, in milliseconds since 1970. */
export async function lookFor(page: Page, sight: Sight): Promise<() => Promise<number>> {
  await page.evaluate(look, sight);
  return () => within(longest, `Painting ${sight.text}`, page.evaluate<number>('benchSight'));
}

/** Looks in every document that the page loads from now on, from its beginning. The answer is the time, in ms, from there to the paint. */
export async function lookFromStart(page: Page, sight: Sight): Promise<() => Promise<number>> {
  await page.addInitScript(look, sight);
  return () =>
    within(
      longest,
      `Painting ${sight.text}`,
      page.evaluate<number>('benchSight.then((at) => at - performance.timeOrigin)'),
    );
}

/** Tells, from the next click on, when it was, in milliseconds since 1970. */
export async function noteClick(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const clicked = new Promise<number>((resolve) => {
      window.addEventListener('mousedown', () => resolve(performance.timeOrigin + performance.now()), {
        capture: true,
        once: true,
      });
    });
    Object.assign(globalThis, { benchClick: clicked });
  });
  return () => within(longest, 'The click', page.evaluate<number>('benchClick'));
}
