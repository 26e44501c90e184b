// A moving picture of a window: single pictures, one after the other, put together as a GIF.
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

interface Frame {
  readonly png: Buffer;
  readonly at: number;
}

/** Milliseconds between two pictures at least. */
const interval = 100;
/** Milliseconds for which the last picture stays. */
const pause = 2_500;
/** A picture that lasts longer than this teaches nothing more; in milliseconds. */
const longest = 2_000;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Records an area of the page while `play` runs, and writes it to `path`. The mouse pointer, which no browser draws, is drawn. */
export async function record(
  page: Page,
  area: Area,
  path: string,
  play: (pointer: Pointer) => Promise<void>,
): Promise<void> {
  const pointer = await Pointer.on(page);
  const frames: Frame[] = [];
  const playing = { isOver: false };
  const taking = takeFrames(page, area, frames, playing);
  try {
    await play(pointer);
  } finally {
    playing.isOver = true;
    await taking;
  }
  await writeGif(frames, path);
}

async function takeFrames(
  page: Page,
  clip: Area,
  frames: Frame[],
  playing: { readonly isOver: boolean },
): Promise<void> {
  while (!playing.isOver) {
    const at = Date.now();
    const png = await page.screenshot({ clip });
    if (frames.at(-1)?.png.equals(png) !== true) frames.push({ png, at });
    await page.waitForTimeout(Math.max(0, at + interval - Date.now()));
  }
}

async function writeGif(frames: readonly Frame[], path: string): Promise<void> {
  const delays = frames.map(({ at }, index) => {
    const next = frames[index + 1];
    return next === undefined ? pause : Math.min(longest, next.at - at);
  });
  const pngs = frames.map(({ png }) => png);
  await sharp(pngs, { join: { animated: true } })
    .gif({ delay: delays, loop: 0, effort: 10, colours: 128, dither: 0, interFrameMaxError: 4 })
    .toFile(path);
}

/** An arrow that goes where the mouse does, slowly enough for the eye to follow. */
export class Pointer {
  readonly #page: Page;
  #place = { x: 640, y: 420 };

  private constructor(page: Page) {
    this.#page = page;
  }

  static async on(page: Page): Promise<Pointer> {
    await page.evaluate(() => {
      const arrow = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      arrow.id = 'pointer';
      arrow.setAttribute('viewBox', '0 0 16 16');
      const path = document.createElementNS(arrow.namespaceURI, 'path');
      path.setAttribute('d', 'M2 1 L2 13 L5 10.2 L7 15 L9.2 14 L7.2 9.4 L11.4 9.2 Z');
      path.setAttribute('style', 'fill: #fff; stroke: #000; stroke-width: 0.8');
      arrow.append(path);
      arrow.style.cssText =
        'position: fixed; z-index: 100000; width: 20px; height: 20px; left: 0; top: 0; pointer-events: none';
      document.body.append(arrow);
    });
    const pointer = new Pointer(page);
    await pointer.#show();
    return pointer;
  }

  /** Goes to the middle of an element. */
  async to(target: Locator): Promise<void> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (box === null) throw new Error('there is nothing to point at');
    const from = this.#place;
    const aim = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const steps = 8;
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      this.#place = { x: from.x + (aim.x - from.x) * part, y: from.y + (aim.y - from.y) * part };
      await this.#page.mouse.move(this.#place.x, this.#place.y);
      await this.#show();
      await this.#page.waitForTimeout(40);
    }
  }

  async click(target: Locator): Promise<void> {
    await this.to(target);
    await this.#page.waitForTimeout(300);
    await target.click();
  }

  async #show(): Promise<void> {
    await this.#page.evaluate(({ x, y }) => {
      const arrow = document.getElementById('pointer');
      if (arrow) arrow.style.transform = `translate(${String(x)}px, ${String(y)}px)`;
    }, this.#place);
  }
}
