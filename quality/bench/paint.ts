import type { Page } from 'playwright-core';

/** What is to be on the screen: so many elements that match and say `text`. */
export interface Sight {
  readonly selector: string;
  /** A regular expression. */
  readonly text: string;
  readonly count?: number;
}

/** Begins to look. The answer comes when the sight has been painted: the time of it, in milliseconds since 1970. */
export async function lookFor(page: Page, sight: Sight): Promise<() => Promise<number>> {
  await page.evaluate(({ selector, text, count = 1 }) => {
    const pattern = new RegExp(text);
    const isThere = (): boolean => {
      const found = [...document.querySelectorAll(selector)].filter((one) => pattern.test(one.textContent ?? ''));
      return found.length >= count;
    };
    const seen = new Promise<number>((resolve) => {
      const look = (): void => {
        if (isThere()) setTimeout(() => resolve(performance.timeOrigin + performance.now()));
        else requestAnimationFrame(look);
      };
      look();
    });
    Object.assign(globalThis, { benchSight: seen });
  }, sight);
  return () => page.evaluate<number>('benchSight');
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
  return () => page.evaluate<number>('benchClick');
}
