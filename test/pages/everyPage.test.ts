import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { pageNames } from '../../esbuild.mjs';
import { everyPage } from './everyPage.ts';
import { hostileTexts } from './hostileTexts.ts';
import { themeNames } from './page.ts';
import type { AnyPage, Told, TriedPage } from './triedPage.ts';
import themes from './themes.json' with { type: 'json' };

/** All that a theme can break: the first theme is tried by every rule. */
const ofColors = ['color-contrast', 'link-in-text-block'];

/** What no host says. The last ones are read as what every object has. */
const forged: readonly unknown[] = [
  null,
  'show',
  1,
  [],
  {},
  { name: 'show' },
  { body: null },
  { name: null, body: null },
  { name: 'open', body: null },
  ...['constructor', 'toString', 'hasOwnProperty', '__proto__', ''].map((name) => ({ name, body: null })),
  JSON.parse('{ "__proto__": { "name": "show", "body": null } }'),
];

describe('the pages', () => {
  it('are all tried', () => assert.deepEqual(Object.keys(everyPage).toSorted(), pageNames.toSorted()));

  it('take their colours from VS Code alone, and each from one that VS Code has', () => {
    const styles = globSync('src/webview/page/**/*.css').map((file) => readFileSync(file, 'utf8'));
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
    assert.ok(styles.length > 1);
    for (const style of styles) {
      assert.deepEqual(
        [...new Set(style.match(/--vscode-[\w-]+/g))].filter((name) => !known.has(name)),
        [],
      );
      assert.deepEqual(style.match(/#[0-9a-f]{3,8}\b(?! *\{)|\b(rgb|hsl)a?\(/gi), null);
    }
  });
});

for (const [name, tried] of Object.entries(everyPage)) {
  describe(`the page ${name}`, function () {
    this.timeout(180_000);

    it(`leaves axe-core nothing to find in the themes ${themeNames.join(', ')}`, async () => {
      const shown = await tried.open();
      const inEachTheme = async (): Promise<readonly string[]> => {
        const found: string[] = [];
        for (const [place, theme] of themeNames.entries()) {
          await shown.dress(theme);
          const findings = await shown.findings(place === 0 ? undefined : ofColors);
          found.push(...findings.map((finding) => `${theme}: ${finding}`));
        }
        return found;
      };
      assert.deepEqual(await onEachScreen(tried, shown, inEachTheme), []);
      await shown.close();
    });

    it('fits into 300 pixels', async () => {
      const shown = await tried.open({ width: 300 });
      const tooWide = async (): Promise<readonly string[]> => {
        const pixels = await shown.overflow();
        return pixels > 0 ? [`${pixels} pixels too wide`] : [];
      };
      assert.deepEqual(await onEachScreen(tried, shown, tooWide), []);
      await shown.close();
    });

    it('is walked through by Tab, there and back, and shows where the focus is', async () => {
      const shown = await tried.open();
      assert.deepEqual(await onEachScreen(tried, shown, () => walk(shown)), []);
      await shown.close();
    });

    it('moves nothing for those who want no motion', async () => {
      const shown = await tried.open({ reducedMotion: true });
      const moving = () => shown.page.evaluate(() => document.getAnimations().map(({ id }) => `moves: ${id}`));
      assert.deepEqual(await onEachScreen(tried, shown, moving), []);
      await shown.close();
    });

    it('loads its script and its style sheet, and nothing else', async () => {
      const shown = await tried.open();
      await onEachScreen(tried, shown, async () => []);
      assert.deepEqual(
        shown.requests.map((url) => new URL(url).pathname),
        ['/', `/${name}.css`, `/${name}.js`],
      );
      assert.deepEqual(shown.warnings, []);
      await shown.close();
    });

    it('takes no message that is none of its host', async () => {
      const shown = await tried.open();
      shown.isSilent = true;
      const [first = []] = Object.values(tried.screens);
      await shown.tellAll(first);
      await shown.settles();
      const before = [await shown.page.content(), shown.posted.length];
      await shown.tellAll(forged);
      await shown.page.evaluate((messages) => {
        for (const origin of ['https://evil.example', 'null', '']) {
          for (const data of messages) window.dispatchEvent(new MessageEvent('message', { data, origin }));
        }
      }, Object.values(tried.screens).flat());
      await shown.settles();
      assert.deepEqual([await shown.page.content(), shown.posted.length], before);
      assert.deepEqual(shown.warnings, []);
      await shown.close();
    });

    it(`shows hostile texts as they are, ${hostileTexts.length} of them in every place: they make no element, run nothing and load nothing`, async () => {
      assert.ok(new Set(hostileTexts).size >= 200);
      const shown = await tried.open();
      shown.isSilent = true;
      const loaded = shown.requests.length;
      let times = 0;
      for (const messages of differentScreens(tried)) {
        for (let start = 0; start < hostileTexts.length; start += textsAtOnce) {
          const texts = ['Guest Weber', ...hostileTexts.slice(start, start + textsAtOnce)];
          const sights = await look(shown, tried, messages, texts);
          assert.deepEqual(sights.different, []);
          times += sights.times;
        }
      }
      assert.deepEqual(shown.warnings, []);
      assert.equal(await shown.page.evaluate(() => 'hostileRan' in globalThis), false);
      assert.equal(await shown.page.locator('a, iframe, object, embed, img, main script').count(), 0);
      assert.deepEqual(shown.requests.slice(loaded), []);
      assert.equal(shown.page.url(), 'https://page.test/');
      await shown.close();
      assert.ok(times > 10_000, `shown only ${times} times`);
    });
  });
}

/** What is found on each screen, with the name of the screen. */
async function onEachScreen(
  { screens }: TriedPage,
  shown: AnyPage,
  find: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [screen, messages] of Object.entries(screens)) {
    await shown.tellAll(messages);
    await shown.settles();
    found.push(...(await find()).map((finding) => `${screen}: ${finding}`));
  }
  return found;
}

/** One screen of those to which messages of the same names lead: each text of a message is replaced, whatever it is. */
function differentScreens({ screens }: TriedPage): readonly (readonly Told[])[] {
  const named = Object.values(screens).map((messages) => [messages.map(({ name }) => name).join(), messages] as const);
  return [...new Map(named).values()];
}

/** What Tab does not reach, and where it is not seen that the focus is there. */
async function walk({ page }: AnyPage): Promise<readonly string[]> {
  const found: string[] = [];
  for (const key of ['Tab', 'Shift+Tab']) {
    const reachable = await page.evaluate(() => {
      const isSeen = (one: Element): boolean => one.checkVisibility({ visibilityProperty: true });
      const all = document.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex="0"]');
      const stops = [...all].filter((one) => isSeen(one) && !one.matches(':disabled, [tabindex="-1"]'));
      (document.activeElement instanceof HTMLElement ? document.activeElement : undefined)?.blur();
      // of radio buttons with a name, one is a stop
      const others = stops.filter((one) => one.matches('[type=radio]:not(:checked)'));
      for (const [place, stop] of stops.filter((one) => !others.includes(one)).entries()) {
        stop.setAttribute('data-stop', String(place));
      }
      return stops.length - others.length;
    });
    const reached = new Set<string>();
    for (let presses = 0; presses < reachable + 5; presses++) {
      await page.keyboard.press(key);
      const here = await page.evaluate(() => {
        const { activeElement: focused } = document;
        const dressed = focused?.closest('.choice') ?? focused;
        const isShown = [focused, dressed].some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
        return { stop: focused?.getAttribute('data-stop') ?? '', isShown, html: focused?.outerHTML.slice(0, 80) };
      });
      if (here.stop !== '' && !here.isShown) found.push(`no focus is seen on ${here.html}`);
      if (here.stop !== '') reached.add(here.stop);
    }
    if (reached.size < reachable) found.push(`${key} reaches ${reached.size} of ${reachable}`);
  }
  return found;
}

/** What a page is made of, without its texts, and how often it shows the text. */
interface Sight {
  readonly text: string;
  readonly elements: string;
  readonly shown: number;
}

/** So many are shown before the browser draws: to draw each takes time, and shows no more. */
const textsAtOnce = 30;

/**
 * Shows a screen with each of the texts in turn, in the place of every text of its messages.
 * @returns how often they were shown, and the sights that differ from the one of the first text, which is among them
 */
async function look(
  { page }: AnyPage,
  { words }: TriedPage,
  messages: readonly Told[],
  texts: readonly string[],
): Promise<{ readonly times: number; readonly different: readonly Sight[] }> {
  const told = { messages, texts, words: [...words] };
  return await page.evaluate((all) => {
    const kept = new Set(all.words);
    const withText = (value: unknown, text: string): unknown => {
      if (typeof value === 'string') return kept.has(value) ? value : text;
      if (Array.isArray(value)) return value.map((entry: unknown) => withText(entry, text));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withText(entry, text)]));
    };
    const sights = all.texts.map((text): Sight => {
      for (const { name, body } of all.messages) {
        const data = { name, body: withText(body, text) };
        window.dispatchEvent(new MessageEvent('message', { data, origin: window.origin }));
      }
      const elements = [...document.querySelectorAll('*')].map((made) => [made.localName, ...made.getAttributeNames()]);
      const shown = (document.documentElement.textContent ?? '').split(text).length - 1;
      return { text, elements: JSON.stringify(elements), shown };
    });
    const [first] = sights;
    const different = sights.filter(({ elements, shown }) => elements !== first?.elements || shown !== first.shown);
    return {
      times: sights.reduce((times, { shown }) => times + shown, 0),
      different: first && different.length > 0 ? [first, ...different] : [],
    };
  }, told);
}
