import assert from 'node:assert/strict';
import { monthOf, oneDoor, week } from './model.ts';
import { panel } from '../page.ts';
import { openCalendar } from './calendarPage.ts';

const minutesPerDay = 1_440;

describe('the page of the calendar', function () {
  this.timeout(60_000);

  it('has a row for each door and authorization, and a cell for each day that says in words what is drawn', async () => {
    const calendar = await openCalendar();
    assert.equal(await calendar.page.getByRole('row').count(), week.rowCount + 1);
    assert.equal(await calendar.cell('Clara', 2).getAttribute('aria-label'), 'Tue, 2 June: 08:00–12:00');
    assert.equal(await calendar.cell('Emil', 2).getAttribute('aria-label'), 'Tue, 2 June: closed');
    assert.deepEqual(calendar.warnings, []);
  });

  it('draws what is not confirmed, disabled or ends soon by another shape, beside a sign and words', async () => {
    const calendar = await openCalendar();
    const looks = async (name: string): Promise<string[]> =>
      await calendar
        .row(name)
        .locator('.track svg > *')
        .evaluateAll((all) => [...new Set(all.map((shape) => shape.getAttribute('class') ?? ''))]);
    assert.ok((await looks('Clara')).includes('sure'));
    for (const [name, look, words] of [
      ['Ida', 'hatch', 'not yet confirmed'],
      ['Plumber', 'hatch', 'waiting for the lock'],
      ['Dora', 'off', 'disabled'],
      ['Gerda', 'expiring', 'until 3 Jun'],
    ] as const) {
      assert.ok((await looks(name)).includes(look), name);
      assert.ok((await calendar.cell(name, 0).textContent())?.includes(words), name);
      assert.equal(await calendar.row(name).locator('.mark svg').count(), 1, name);
    }
    assert.ok((await looks('Ida')).includes('gap'));
  });

  it('opens the authorization whose bar or name is clicked, and nothing beside a bar', async () => {
    const calendar = await openCalendar();
    const clickAt = async (name: string, column: number, share: number): Promise<void> => {
      const box = await calendar.cell(name, column).boundingBox();
      assert.ok(box);
      await calendar.page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
    };
    await clickAt('Clara', 3, 0.1);
    await clickAt('Clara', 3, 0.4);
    assert.equal(await calendar.hears('edit'), 2);
    assert.equal(calendar.bodies('edit').length, 1);
    await calendar.mayRepeat();
    await calendar.cell('Anna', 0).click();
    assert.equal(await calendar.hears('edit', 2), 1);
  });

  it('offers the times that were drawn on the row of a door, or an hour that was clicked', async () => {
    const calendar = await openCalendar();
    const box = await calendar.cell('Front Door', 2).boundingBox();
    assert.ok(box);
    const { mouse } = calendar.page;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width * 0.376, y);
    await mouse.down();
    await mouse.move(box.x + box.width * 0.7, y, { steps: 4 });
    assert.equal(await calendar.page.locator('.selection').textContent(), 'Tue 2 09:00–17:00');
    await mouse.up();
    assert.deepEqual(await calendar.hears('create'), {
      key: 0,
      from: minutesPerDay + 540,
      until: minutesPerDay + 1_020,
    });
    await calendar.mayRepeat();
    await mouse.click(box.x + box.width * 0.52, y);
    assert.deepEqual(await calendar.hears('create', 2), {
      key: 0,
      from: minutesPerDay + 720,
      until: minutesPerDay + 780,
    });
    assert.equal(await calendar.page.locator('.selection').count(), 0);
  });

  it('forgets a stretch that is being drawn when Escape is pressed', async () => {
    const calendar = await openCalendar();
    const box = await calendar.cell('Front Door', 2).boundingBox();
    assert.ok(box);
    const { mouse, keyboard } = calendar.page;
    await mouse.move(box.x + 10, box.y + 10);
    await mouse.down();
    await mouse.move(box.x + 60, box.y + 10, { steps: 3 });
    await keyboard.press('Escape');
    await mouse.up();
    await calendar.settles();
    assert.deepEqual(calendar.bodies('create'), []);
  });

  it('is used by keyboard: one stop for Tab, arrow keys, Enter, and Shift for several days', async () => {
    const calendar = await openCalendar();
    const { keyboard } = calendar.page;
    assert.equal(await calendar.page.locator('.rows [tabindex="0"]').count(), 1);
    await calendar.cell('Front Door', 0).focus();
    for (const [key, place] of [
      ['ArrowDown', 'Anna 0'],
      ['ArrowRight', 'Anna 1'],
      ['End', 'Anna 7'],
      ['ArrowRight', 'Anna 7'],
      ['Home', 'Anna 0'],
      ['Control+End', 'Garage 7'],
      ['PageUp', 'Front Door 7'],
      ['ArrowUp', 'Front Door 7'],
      ['ArrowLeft', 'Front Door 6'],
    ] as const) {
      await keyboard.press(key);
      assert.equal(await calendar.focusedCell(), place, key);
    }
    assert.equal(await calendar.page.locator('.rows [tabindex="0"]').count(), 1);
    await keyboard.press('Enter');
    assert.deepEqual(await calendar.hears('create'), { key: 0, from: 5 * minutesPerDay, until: 6 * minutesPerDay });
    await calendar.mayRepeat();
    await keyboard.press('Shift+ArrowLeft');
    await keyboard.press('Shift+ArrowLeft');
    await keyboard.press('Enter');
    assert.deepEqual(await calendar.hears('create', 2), { key: 0, from: 3 * minutesPerDay, until: 6 * minutesPerDay });
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    assert.equal(await calendar.hears('edit'), 1);
  });

  it('shows which days are chosen when the rows are shown anew, and has them chosen in their row and week alone', async () => {
    const calendar = await openCalendar();
    const { keyboard } = calendar.page;
    const chosen = calendar.row('Front Door').locator('.selection');
    await calendar.cell('Front Door', 5).focus();
    await keyboard.press('Shift+ArrowRight');
    await chosen.waitFor();
    await calendar.tell({ name: 'show', body: { ...week, revision: 2 } });
    assert.equal(await chosen.count(), 1);
    await calendar.cell('Garage', 2).focus();
    await keyboard.press('Enter');
    const { key, from, until } = await calendar.hears('create');
    assert.deepEqual([key, from, until], [8, 1 * minutesPerDay, 2 * minutesPerDay]);
    await calendar.cell('Front Door', 5).focus();
    await keyboard.press('Shift+ArrowRight');
    await chosen.waitFor();
    const days = week.days.map((day) => ({ ...day, spoken: `${day.spoken}, later` }));
    await calendar.tell({ name: 'show', body: { ...week, revision: 3, days } });
    assert.equal(await chosen.count(), 0);
  });

  it('folds and unfolds a door by keyboard and pointer', async () => {
    const calendar = await openCalendar();
    await calendar.cell('Front Door', 0).focus();
    await calendar.page.keyboard.press('ArrowLeft');
    assert.deepEqual(await calendar.hears('unfold'), [{ key: 0, isUnfolded: false }]);
    await calendar.cell('Garage', 0).click();
    assert.deepEqual(await calendar.hears('unfold', 2), [{ key: 8, isUnfolded: true }]);
    assert.equal(await calendar.row('Garage').getAttribute('aria-expanded'), 'false');
  });

  it('keeps the focus where it is when the rows are shown anew', async () => {
    const calendar = await openCalendar();
    await calendar.cell('Clara', 3).focus();
    await calendar.tell({ name: 'show', body: { ...week, revision: 2 } });
    assert.equal(await calendar.focusedCell(), 'Clara 3');
  });

  it('asks for another view or period, and for what is to be done', async () => {
    const calendar = await openCalendar();
    await calendar.button('Month').click();
    assert.deepEqual(await calendar.hears('view'), { ...week.view, period: 'month' });
    for (const name of ['Next', 'Next', 'Next', 'Previous']) await calendar.button(name).click();
    await calendar.settles();
    assert.equal(
      calendar.bodies('move').reduce((sum, by) => sum + by, 0),
      2,
    );
    await calendar.button('Save…').click();
    await calendar.button('Refresh').click();
    await Promise.all(
      [calendar.hears('save'), calendar.hears('refresh')].map(async (heard) => assert.equal(await heard, null)),
    );
  });

  it('has a table with the same words, which can be copied', async () => {
    const calendar = await openCalendar({ model: { ...week, view: { ...week.view, form: 'table' } } });
    const head = await calendar.page.getByRole('columnheader').allTextContents();
    assert.deepEqual(head, ['Name', 'State', ...week.days.map(({ label }) => label)]);
    const clara = calendar.page.locator('tr', { hasText: 'Clara' });
    assert.equal(await clara.getByRole('rowheader').textContent(), 'Clara');
    assert.deepEqual(await clara.getByRole('cell').allTextContents(), [
      'Mon–Fri 08–12',
      ...week.days.map(() => '08:00–12:00'),
    ]);
    await calendar.button('Copy').click();
    assert.equal(await calendar.hears('copy'), null);
    await calendar.tell({ name: 'informed', body: 'Copied the table.' });
    assert.equal(await calendar.page.locator('.status').textContent(), 'Copied the table.');
  });

  it('answers who can enter at a time in words', async () => {
    const calendar = await openCalendar();
    await calendar.field('Who can enter at: Date').fill('7 June 2026');
    await calendar.field('Who can enter at: Time').fill('3 pm');
    await calendar.field('Who can enter at: Time').press('Enter');
    assert.deepEqual(await calendar.hears('ask'), { date: '2026-06-07', time: '15:00' });
    await calendar.tell({
      name: 'answered',
      body: {
        heading: 'Sunday at 15:00',
        parts: [{ heading: 'Front Door', lines: [{ text: 'Anna', detail: 'app user' }] }],
      },
    });
    assert.ok((await calendar.page.locator('.answer').textContent())?.includes('Front DoorAnna · app user'));
  });

  it('says that it is reading, or that there is nothing', async () => {
    const calendar = await openCalendar({ model: oneDoor });
    assert.equal(await calendar.page.locator('.empty').textContent(), 'Loading…');
    await calendar.tell({ name: 'show', body: { ...oneDoor, isBusy: false } });
    assert.equal(await calendar.page.locator('.empty').textContent(), 'No authorizations.');
    await calendar.button('Show All Devices').click();
    assert.deepEqual(await calendar.hears('view'), { ...oneDoor.view, smartlockId: null });
  });

  it('keeps view and order for when it is hidden, and no name', async () => {
    const calendar = await openCalendar();
    const kept = await calendar.kept();
    assert.deepEqual(kept, { panel, accountId: '7', view: week.view });
    assert.deepEqual(calendar.bodies('ready'), [null]);
    const again = await openCalendar({ kept });
    assert.deepEqual(again.bodies('ready'), [week.view]);
  });

  it('draws 50 doors in a month within 100 ms, from the message to the picture', async () => {
    const model = monthOf(50);
    const calendar = await openCalendar({ height: 1_800 });
    const times = await calendar.turns(async () => {
      await calendar.page.evaluate(async (body) => {
        for (let round = 0; round < 7; round++) {
          performance.mark('turn begins');
          window.postMessage({ name: 'show', body: { ...body, revision: 10 + round } }, window.origin);
          await new Promise<void>((heard) => window.addEventListener('message', () => heard(), { once: true }));
          document.body.getBoundingClientRect(); // what was drawn is laid out
          await new Promise((painted) => requestAnimationFrame(painted));
          performance.mark('turn ends');
        }
      }, model);
    });
    assert.equal(await calendar.page.locator('.row').count(), 50);
    assert.equal(await calendar.page.getByRole('gridcell').count(), 50 * 31);
    assert.equal(times.length, 7);
    assert.ok(Math.max(...times) <= 100, `${times.map(Math.round).join(', ')} ms`);
  });

  it('draws only what is on screen of many rows, and asks for a page of them at a time', async () => {
    const model = monthOf(1_000);
    const calendar = await openCalendar({ model });
    assert.ok((await calendar.page.locator('.row').count()) < 60);
    await calendar.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
    await calendar.row('Door 500').first().waitFor();
    assert.ok((await calendar.page.locator('.row').count()) < 60);
    assert.ok(calendar.bodies('rows').every(({ from }) => from % 50 === 0));
    assert.ok(calendar.bodies('rows').length < 5, `${calendar.bodies('rows').length} pages were asked for`);
    await calendar.page.locator('.rows [tabindex]').first().focus();
    await calendar.page.keyboard.press('Control+End');
    await calendar.row('Door 999').waitFor();
    assert.equal(await calendar.focusedCell(), 'Door 999 31');
  });
});
