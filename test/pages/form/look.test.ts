import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { previewOfTrouble, progress } from './model.ts';
import { themeNames } from '../page.ts';
import { openForm, type FormPage } from './formPage.ts';

describe('the look of the form', function () {
  this.timeout(60_000);

  it('shows what is chosen, and where to write, by a contrast of 3 to 1 in every theme', async () => {
    const form = await openForm();
    const { page } = form;
    await form.field('Name').focus();
    for (const theme of themeNames) {
      await form.dress(theme);
      const chosen = await contrast(page.locator('#weekday-64'), 'backgroundColor');
      const segment = await contrast(page.locator('.segments .choice').first(), 'backgroundColor');
      assert.ok(Math.min(chosen, segment) >= 3, `${theme}: chosen: ${chosen}, ${segment}`);
      for (const field of [
        '#from-limit',
        '#from-date',
        '#code',
        '#weekday-1',
        '#device-17',
        '.segments .choice:last-child',
      ]) {
        const border = await contrast(page.locator(field), 'borderTopColor');
        assert.ok(border >= 3, `${theme}, ${field}: ${border}`);
      }
    }
    await form.close();
  });

  it('keeps preview and buttons in sight, also with problems above them', async () => {
    const form = await openForm({ width: 930, height: 700, preview: previewOfTrouble });
    const isInSight = async (selector: string): Promise<boolean> =>
      await form.page.locator(selector).evaluate((shown) => {
        const { top, bottom } = shown.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      });
    await form.tell({ name: 'refused', body: previewOfTrouble });
    for (const scroll of [0, 10_000]) {
      await form.page.evaluate((to) => window.scrollTo(0, to), scroll);
      for (const shown of ['button[type=submit]', '.words', '.week']) assert.ok(await isInSight(shown), shown);
    }
    await form.page.setViewportSize({ width: 500, height: 800 });
    for (const shown of ['.short', 'button[type=submit]']) assert.ok(await isInSight(shown), shown);
    assert.ok((await boxOf(form, '.short')).y < (await boxOf(form, 'button[type=submit]')).y);
    await form.close();
  });

  it('breaks no value of what is sent in the middle', async () => {
    for (const width of [930, 500, 320]) {
      const form = await openForm({ width });
      const value = form.page.getByText('2027-06-16T08:30:00.000Z');
      assert.equal(await value.evaluate((shown) => shown.getClientRects().length), 1);
      const { height } = (await value.boundingBox()) ?? { height: Infinity };
      assert.ok(height < 24, `${height} pixels high`);
      await form.close();
    }
  });

  it('has the preview beside the form, and below it where there is no room; nothing is cut off', async () => {
    const form = await openForm({ preview: previewOfTrouble });
    assert.ok((await boxOf(form, '.preview')).x > (await boxOf(form, '.fields')).x);
    for (const width of [700, 320]) {
      await form.page.setViewportSize({ width, height: 900 });
      const [fields, preview] = [await boxOf(form, '.fields'), await boxOf(form, '.preview')];
      assert.ok(preview.y > fields.y + fields.height - 1, `${width} pixels`);
      const overflow = await form.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide for ${width}`);
    }
    await form.close();
  });

  it('draws when the door opens, from midnight to midnight', async () => {
    const form = await openForm();
    const bars = form.page.locator('.week li').nth(5).locator('.open');
    const drawn = await bars.evaluateAll((all) => all.map((bar) => [bar.getAttribute('x'), bar.getAttribute('width')]));
    assert.deepEqual(drawn, [
      ['0', '360'],
      ['1320', '120'],
    ]);
    await form.close();
  });

  it('turns nothing for those who want no motion', async () => {
    for (const reducedMotion of [false, true]) {
      const form = await openForm({ reducedMotion });
      await form.tell({ name: 'progress', body: progress });
      const name = await form.page.locator('.sign.working').evaluate((sign) => getComputedStyle(sign).animationName);
      assert.equal(name, reducedMotion ? 'none' : 'turn');
      await form.close();
    }
  });
});

/** By which contrast (1 to 21) a colour of an element stands out from the page. WCAG 2.2, 1.4.11. */
async function contrast(shown: Locator, colour: 'backgroundColor' | 'borderTopColor'): Promise<number> {
  return await shown.evaluate((element, name) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    const luminance = (...colours: readonly string[]): number => {
      for (const each of colours) {
        if (canvas) canvas.fillStyle = each;
        canvas?.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...(canvas?.getImageData(0, 0, 1, 1).data ?? [])].map((part) =>
        part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    };
    const page = getComputedStyle(document.body).backgroundColor;
    const [a, b] = [luminance(page), luminance(page, getComputedStyle(element)[name])];
    return Math.max(a, b) / Math.min(a, b);
  }, colour);
}

async function boxOf(form: FormPage, selector: string) {
  const box = await form.page.locator(selector).boundingBox();
  assert.ok(box, selector);
  return box;
}
