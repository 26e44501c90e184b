import assert from 'node:assert/strict';
import { credentialTypes, messageLanguages, type Message } from '../../../src/webview/protocol/form.ts';
import { hostileTexts } from '../hostileTexts.ts';
import { conflict, create, draft, previewOfTrouble, progress } from './model.ts';
import { openForm, type FormPage } from './formPage.ts';

/** What must be one of a few words for the message to be taken at all. */
const words = new Set<unknown>([
  ...credentialTypes,
  create.mode,
  'working',
  'done',
  'open',
  'failed',
  'earlier',
  'later',
  ...messageLanguages,
]);

/** The same with `text` in the place of every text. */
function withText(value: unknown, text: string): unknown {
  if (typeof value === 'string') return words.has(value) ? value : text;
  if (Array.isArray(value)) return value.map((entry: unknown) => withText(entry, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withText(entry, text)]));
}

const shows: Message = {
  name: 'show',
  body: { ...create, draft: { ...draft, credential: 'app', person: { name: 'Eva', email: 'eva@example.org' } } },
};
const screens: readonly (readonly Message[])[] = [
  [shows, { name: 'refused', body: previewOfTrouble }, { name: 'failed', body: 'no' }],
  [shows, { name: 'informed', body: 'no' }],
  [shows, { name: 'progress', body: progress }],
  [shows, { name: 'conflict', body: conflict }],
];

/** What the page is made of, without its texts, and how often it shows the text. */
interface Sight {
  readonly elements: string;
  readonly shown: number;
}

/** Shows a screen with each of the texts in turn. */
async function look(form: FormPage, screen: readonly Message[], texts: readonly string[]): Promise<Sight[]> {
  const turns = texts.map((text) => ({ text, messages: screen.map((message) => inPlaceOf(message, text)) }));
  return await form.page.evaluate(async (all) => {
    const sights = [];
    for (const { text, messages } of all) {
      for (const message of messages) window.postMessage(message, window.origin);
      await new Promise<void>((heard) => {
        const last = ({ data }: MessageEvent<unknown>): void => {
          if (data !== 'last') return;
          window.removeEventListener('message', last);
          heard();
        };
        window.addEventListener('message', last);
        window.postMessage('last', window.origin);
      });
      const elements = [...document.querySelectorAll('*')].map((made) => [made.localName, ...made.getAttributeNames()]);
      const shown = (document.documentElement.textContent ?? '').split(text).length - 1;
      sights.push({ elements: JSON.stringify(elements), shown });
    }
    return sights;
  }, turns);
}

function inPlaceOf({ name, body }: Message, text: string): unknown {
  return { name, body: withText(body, text) };
}

describe('hostile texts in the form', function () {
  this.timeout(180_000);

  it(`are shown as they are, ${hostileTexts.length} of them in every place: they make no element, run nothing and load nothing`, async () => {
    assert.ok(new Set(hostileTexts).size >= 200);
    const form = await openForm();
    form.isSilent = true;
    const { requests } = form;
    const loaded = requests.length;
    let shown = 0;
    for (const screen of screens) {
      const [harmless, ...hostile] = await look(form, screen, ['Guest Weber', ...hostileTexts]);
      for (const [place, sight] of hostile.entries()) {
        assert.deepEqual(sight, harmless, hostileTexts[place]);
        shown += sight.shown;
      }
    }
    assert.deepEqual(form.warnings, []);
    assert.equal(await form.page.evaluate(() => 'hostileRan' in globalThis), false);
    assert.equal(await form.page.locator('a, iframe, object, embed, img, main script').count(), 0);
    assert.deepEqual(requests.slice(loaded), []);
    assert.equal(form.page.url(), 'https://page.test/');
    await form.close();
    assert.ok(shown > 10_000, `shown only ${shown} times`);
  });
});
