import assert from 'node:assert/strict';
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
});
