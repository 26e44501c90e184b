import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import type { FormModel, Message } from '../../../src/webview/protocol/form.ts';
import { conflict, create, draft, edit, previewOfTrouble, progress } from './model.ts';
import { themeNames } from '../page.ts';
import { openForm, type FormPage } from './formPage.ts';
import themes from '../themes.json' with { type: 'json' };

const forNewPerson: FormModel = {
  ...create,
  draft: { ...draft, credential: 'app', person: { name: 'Eva', email: 'eva@example.org' }, from: null, hours: null },
};

/** What the page can show, each reached from the one before. */
const states: readonly [name: string, messages: readonly Message[]][] = [
  ['create', []],
  ['edit', [{ name: 'show', body: edit }]],
  ['a new person', [{ name: 'show', body: forNewPerson }]],
  [
    'problems',
    [
      { name: 'refused', body: previewOfTrouble },
      { name: 'failed', body: "Can't reach Nuki. Nothing was sent." },
    ],
  ],
  ['nothing to send', [{ name: 'informed', body: 'No changes to save.' }]],
  ['a draft that was closed', [{ name: 'show', body: { ...create, closedDraft: 'A draft was closed.' } }]],
  ['a code that was cleared', [{ name: 'show', body: { ...create, lacksCode: true } }]],
  ['progress', [{ name: 'progress', body: progress }]],
  ['conflict', [{ name: 'conflict', body: conflict }]],
];

/** All that a theme can break: one theme is tried by every rule. */
const ofColors = ['color-contrast', 'link-in-text-block'];

describe('the look of the form', function () {
  this.timeout(60_000);

  for (const theme of themeNames) {
    it(`leaves axe-core nothing to find in the theme ${theme}`, async () => {
      const form = await openForm({ theme });
      const rules = theme === themeNames[0] ? undefined : ofColors;
      const findings: string[] = [];
      for (const [name, messages] of states) {
        for (const message of messages) await form.tell(message);
        await form.settles();
        findings.push(...(await form.findings(rules)).map((finding) => `${name}: ${finding}`));
      }
      await form.close();
      assert.deepEqual(findings, []);
    });
  }

  for (const theme of themeNames) {
    it(`shows what is chosen, and where to write, by a contrast of 3 to 1 in the theme ${theme}`, async () => {
      const form = await openForm({ theme });
      const { page } = form;
      await form.field('Name').focus();
      const chosen = await contrast(page.locator('#weekday-64'), 'backgroundColor');
      const segment = await contrast(page.locator('.segments .choice').first(), 'backgroundColor');
      assert.ok(Math.min(chosen, segment) >= 3, `chosen: ${chosen}, ${segment}`);
      for (const field of [
        '#from-limit',
        '#from-date',
        '#code',
        '#weekday-1',
        '#device-17',
        '.segments .choice:last-child',
      ]) {
        const border = await contrast(page.locator(field), 'borderTopColor');
        assert.ok(border >= 3, `${field}: ${border}`);
      }
      await form.close();
    });
  }

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

  it('takes its colours from VS Code alone, and each from one that VS Code has', () => {
    const style = readFileSync('src/webview/page/form/form.css', 'utf8');
    const used = new Set(style.match(/--vscode-[\w-]+/g));
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
    assert.deepEqual(
      [...used].filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(style.match(/#[0-9a-f]{3,8}\b(?! *\{)|\b(rgb|hsl)a?\(/gi), null);
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
