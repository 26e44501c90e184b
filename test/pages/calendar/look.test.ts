import assert from 'node:assert/strict';
import { hostileTexts } from '../hostileTexts.ts';
import { openCalendar } from './calendarPage.ts';
import { monthOf, week } from './model.ts';

describe('the look of the calendar', function () {
  this.timeout(120_000);

  it('has each name beside its picture, and in narrow panels above it', async () => {
    for (const width of [1_100, 700, 300]) {
      const calendar = await openCalendar({ width });
      const [label, track] = [
        await calendar.cell('Clara', 0).boundingBox(),
        await calendar.row('Clara').locator('.track').boundingBox(),
      ];
      assert.ok(label && track);
      assert.equal(width < 560, track.y >= label.y + label.height - 1, `${width} pixels`);
      await calendar.close();
    }
  });

  it('has the names of the table readable, and in sight however far it is scrolled', async () => {
    for (const width of [1_100, 300]) {
      const month = { ...monthOf(3), view: { ...week.view, form: 'table' } } as const;
      const calendar = await openCalendar({ width, model: month });
      const name = calendar.page.getByRole('rowheader').first();
      await name.waitFor();
      await calendar.page.locator('.table .scroller').evaluate((scroller) => scroller.scrollTo(10_000, 0));
      const box = await name.boundingBox();
      assert.ok(box && box.x >= 0 && box.width > 80, `${width} pixels: ${JSON.stringify(box)}`);
      await calendar.close();
    }
  });

  it('shows hostile names as they are, in the picture and the table: they make no element, run nothing and load nothing', async () => {
    const calendar = await openCalendar({ height: 2_000 });
    const before = calendar.requests.length;
    const sights = await calendar.page.evaluate(
      async ({ model, texts }) => {
        const seen = new Set<string>();
        for (const [index, text] of texts.entries()) {
          const rows = model.pages[0]?.rows.map((row) => ({
            ...row,
            name: text,
            detail: text,
            cells: row.cells.map(() => text),
            marks: row.marks.map((mark) => ({ ...mark, words: text })),
          }));
          const form = index % 2 === 0 ? 'picture' : 'table';
          const body = {
            ...model,
            heading: text,
            subheading: text,
            notes: [text],
            revision: 100 + index,
            view: { ...model.view, form },
            pages: [{ from: 0, rows }],
          };
          window.postMessage({ name: 'show', body }, window.origin);
          window.postMessage(
            { name: 'answered', body: { heading: text, parts: [{ heading: text, lines: [{ text, detail: text }] }] } },
            window.origin,
          );
          window.postMessage({ name: 'told', body: text }, window.origin);
          await new Promise<void>((heard) => {
            const last = ({ data }: MessageEvent<unknown>): void => {
              if (data !== 'last') return;
              window.removeEventListener('message', last);
              heard();
            };
            window.addEventListener('message', last);
            window.postMessage('last', window.origin);
          });
          const tags = [...document.querySelectorAll('*')].map(({ localName }) => localName);
          if (index > 1) seen.add(`${form} ${JSON.stringify(tags)}`);
          if (document.querySelector('h1')?.textContent !== text) seen.add(`not shown: ${text}`);
        }
        return [...seen];
      },
      { model: week, texts: hostileTexts },
    );
    assert.equal(sights.length, 2, sights.filter((sight) => sight.startsWith('not')).join('\n'));
    assert.equal(await calendar.page.evaluate(() => 'hostileRan' in globalThis), false);
    assert.deepEqual(calendar.warnings, []);
    assert.equal(calendar.requests.length, before);
  });
});
