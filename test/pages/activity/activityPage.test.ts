import assert from 'node:assert/strict';
import type { ActivityModel } from '../../../src/webview/protocol/activity.ts';
import { filter, model, picture, rowsOf, state } from './model.ts';
import { openActivity } from './activityPage.ts';

const limited: ActivityModel = {
  ...model,
  filter: { ...filter, person: 'user/1', result: 'refused' },
  answeredBy: { person: 'nuki', result: 'here' },
};

describe('the page of the activity', function () {
  this.timeout(60_000);

  it('has a heading for each day, and in each row when, where, who, what and how it ended', async () => {
    const page = await openActivity();
    assert.deepEqual(await page.page.locator('.list-body .list-group').allInnerTexts(), [
      'Today, Fri 27 Nov',
      'Thu 26 Nov',
      'Wed 25 Nov',
    ]);
    const cells = await page.row('entry5').getByRole('gridcell').allInnerTexts();
    assert.deepEqual(
      cells.map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      ['10:55', 'Front Door', 'Unknown code', 'invalid code tried: unlatch · keypad code'],
    );
    assert.match((await page.row('entry4').innerText()).replaceAll(/\s+/g, ' '), /unlatched First use of this code/);
    await page.close();
  });

  it('has refused attempts stand out by a shape of their own, in rows and in the picture', async () => {
    const page = await openActivity();
    const shapes = await page.page
      .locator('.list-row .sign path')
      .evaluateAll((all) =>
        all.map((path) => [path.closest('.list-row')?.classList[1], path.getAttribute('d')].join(' ')),
      );
    const byOutcome = new Map(shapes.map((shape) => [shape.split(' ')[0], shape.split(' ').slice(1).join(' ')]));
    assert.equal(byOutcome.size, 5);
    assert.equal(new Set(byOutcome.values()).size, 5);
    assert.equal(
      await page.page.locator('.days .mark.refused path').count(),
      picture.doors.flatMap(({ days }) => days.flatMap(({ marks }) => marks)).filter((mark) => mark.isRefused).length,
    );
    assert.equal(await page.page.locator('.days .mark:not(.refused) path').count(), 0);
    await page.close();
  });

  it('says each day of the picture in words, and what was not read is not drawn as read', async () => {
    const page = await openActivity();
    const cells = page.page.locator('.days').getByRole('gridcell');
    assert.equal(await cells.count(), 35);
    assert.equal(await cells.first().getAttribute('aria-label'), 'Front Door, day 0: 3 openings, 1 refused');
    assert.deepEqual(
      await cells.evaluateAll((all) => all.slice(0, 3).map((cell) => cell.querySelectorAll('.known').length)),
      [0, 1, 1],
    );
    await page.close();
  });

  it('goes to the row of a mark, and asks for one that it has not', async () => {
    const page = await openActivity({ rows: rowsOf(30) });
    const marks = page.page.locator('.days [role=row]:nth-child(2) [role=gridcell]');
    await marks.nth(2).focus();
    await page.page.keyboard.press('Enter');
    assert.equal(await page.focusedRow(), 'entry18');
    await marks.nth(6).focus();
    await page.page.keyboard.press('Enter');
    assert.equal(await page.hears('find'), 'entry54');
    await page.tellAll([
      { name: 'rows', body: { start: 30, removed: 0, rows: rowsOf(60).slice(30) } },
      { name: 'found', body: { id: 'entry54' } },
    ]);
    assert.equal(await page.focusedRow(), 'entry54');
    await page.close();
  });

  it('opens the row of the mark that is clicked, and none beside the marks', async () => {
    const page = await openActivity();
    const mark = page.page.locator('.mark.refused').first();
    const box = await mark.locator('line').boundingBox();
    assert.ok(box);
    await page.page.mouse.click(box.x, box.y + box.height / 2);
    const id = await page.focusedRow();
    const at = picture.doors.flatMap(({ days }) => days.flatMap(({ marks }) => marks)).find((each) => each.isRefused);
    assert.equal(id ?? (await page.hears('find')), at?.id);
    await page.close();
  });

  it('is walked through by the arrow keys, and tells all of a row on Enter', async () => {
    const page = await openActivity();
    await page.row('entry0').focus();
    for (const [key, id] of [
      ['ArrowDown', 'entry1'],
      ['End', 'entry35'],
      ['Home', 'entry0'],
      ['PageDown', undefined],
      ['PageUp', 'entry0'],
      ['ArrowDown', 'entry1'],
    ] as const) {
      await page.page.keyboard.press(key);
      if (id) assert.equal(await page.focusedRow(), id, key);
    }
    await page.page.keyboard.press('Enter');
    assert.equal(await page.hears('expand'), 'entry1');
    await page.row('entry1').getByText('5f3c0a').waitFor();
    assert.equal(await page.row('entry1').getAttribute('aria-expanded'), 'true');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    assert.equal(await page.hears('showInSidebar'), 'entry1');
    const next = await page.row('entry2').boundingBox();
    const opened = await page.row('entry1').boundingBox();
    assert.ok(next && opened && next.y >= opened.y + opened.height - 1, 'the next row lies over the details');
    await page.row('entry1').focus();
    await page.page.keyboard.press('Enter');
    assert.equal(await page.row('entry1').locator('.list-details').count(), 0);
    await page.close();
  });

  it('scrolls to all of the details of a row at the lower edge', async () => {
    const page = await openActivity({ height: 620 });
    const list = await page.page.locator('.list').boundingBox();
    await page.row('entry5').focus();
    await page.page.keyboard.press('Enter');
    const button = page.button('Show in Sidebar');
    await button.waitFor();
    await page.settles();
    const box = await button.boundingBox();
    assert.ok(list && box && box.y + box.height <= list.y + list.height, 'the button is in sight');
    await page.close();
  });

  it('moves in the picture by the arrow keys', async () => {
    const page = await openActivity();
    const cells = page.page.locator('.days').getByRole('gridcell');
    await cells.nth(6).focus();
    for (const [key, place] of [
      ['ArrowRight', 6],
      ['ArrowLeft', 5],
      ['ArrowDown', 12],
      ['ArrowUp', 5],
    ] as const) {
      await page.page.keyboard.press(key);
      assert.ok(await cells.nth(place).evaluate((cell) => cell === document.activeElement), key);
    }
    assert.equal(await page.page.locator('.days [tabindex="0"]').count(), 1);
    await page.close();
  });

  it('asks for what was chosen, says who filters, and resets', async () => {
    const page = await openActivity();
    await page.field('Result').selectOption('refused');
    assert.deepEqual(await page.hears('filter'), { ...filter, result: 'refused' });
    await page.page.locator('summary', { hasText: 'All devices' }).click();
    await page.page.getByLabel('Garage', { exact: true }).check();
    assert.deepEqual((await page.hears('filter', 2)).doors, [2]);
    await page.page.keyboard.press('Escape');
    assert.equal(await page.page.getByLabel('Garage', { exact: true }).isVisible(), false);
    await page.tell({ name: 'show', body: limited });
    assert.equal(await page.page.locator('#person-answered').textContent(), ' (filtered by Nuki)');
    assert.equal(await page.page.locator('#result-answered').textContent(), ' (filtered here)');
    await page.settles();
    await page.button('Reset Filter').click();
    assert.deepEqual(await page.hears('filter', 3), {
      span: 'all',
      from: '',
      until: '',
      person: '',
      doors: [],
      kind: '',
      result: '',
    });
    await page.close();
  });

  it('asks for no dates of its own before one of them is there', async () => {
    const page = await openActivity();
    await page.page.locator('#time').selectOption('own');
    await page.settles();
    assert.deepEqual(page.bodies('filter'), []);
    await page.field('From').fill('2026-11-20');
    await page.field('From').blur();
    assert.deepEqual(await page.hears('filter'), { ...filter, span: 'own', from: '2026-11-20' });
    await page.close();
  });

  it('saves a filter by a name, shows and deletes one', async () => {
    const page = await openActivity();
    await page.button('Save Filter…').click();
    await page.field('Name of the filter').fill(' At night ');
    await page.page.keyboard.press('Enter');
    assert.equal(await page.hears('saveFilter'), 'At night');
    await page.field('Saved filters').selectOption('Refused at night');
    assert.equal(await page.hears('chooseSaved'), 'Refused at night');
    await page.field('Saved filters').focus();
    await page.tell({ name: 'show', body: { ...model, savedAs: 'Refused at night' } });
    assert.equal(await page.field('Saved filters').inputValue(), 'Refused at night');
    assert.ok(await page.field('Saved filters').evaluate((choices) => choices === document.activeElement));
    await page.button('Delete Saved Filter').click();
    assert.equal(await page.hears('deleteSaved'), 'Refused at night');
    await page.tell({ name: 'show', body: model });
    assert.equal(await page.field('Saved filters').inputValue(), '');
    await page.close();
  });

  it('asks for more where the rows come to their end, and only where there may be more', async () => {
    const page = await openActivity({ rows: rowsOf(200) });
    await page.settles();
    assert.deepEqual(page.bodies('more'), []);
    await page.row('entry0').focus();
    await page.page.keyboard.press('End');
    assert.equal(await page.hears('more'), null);
    await page.tell({
      name: 'state',
      body: { ...state, kind: 'stopped', buttons: [{ name: 'more', label: 'Go On' }] },
    });
    await page.settles();
    const asked = page.bodies('more').length;
    await page.page.keyboard.press('Home');
    await page.page.keyboard.press('End');
    await page.settles();
    assert.equal(page.bodies('more').length, asked);
    await page.button('Go On').click();
    assert.equal(await page.hears('press'), 'more');
    await page.close();
  });

  it('draws of 200,000 rows what is in sight, and has no turn of more than 100 ms', async () => {
    const longest: number[] = []; // of each round: in one alone, what other programs do may have slowed it
    while (longest.length < 5 && !longest.some((turn) => turn < 100)) longest.push(await longestTurn());
    assert.ok(Math.min(...longest) < 100, `the longest turns took ${longest.join(', ')} ms`);
  });

  it('stays at the row that is looked at when others come before it', async () => {
    const page = await openActivity({ rows: rowsOf(200) });
    await page.row('entry0').focus();
    for (let pressed = 0; pressed < 3; pressed++) await page.page.keyboard.press('PageDown');
    const id = (await page.focusedRow()) ?? '';
    const before = await page.row(id).boundingBox();
    const newer = rowsOf(3).map((row, index) => ({ ...row, id: `newer${index}` }));
    await page.tell({ name: 'rows', body: { start: 0, removed: 0, rows: newer } });
    assert.equal(await page.focusedRow(), id);
    const after = await page.row(id).boundingBox();
    assert.ok(Math.abs((after?.y ?? 0) - (before?.y ?? NaN)) < 2, `${before?.y} became ${after?.y}`);
    await page.close();
  });

  it('keeps the filter and nothing else', async () => {
    const page = await openActivity();
    assert.deepEqual(await page.kept(), { panel: '8f14e45fceea167a', accountId: '7', filter });
    await page.close();
  });

  it('says what the marks of the picture mean', async () => {
    const page = await openActivity();
    assert.deepEqual(await page.page.getByRole('list', { name: 'Legend' }).getByRole('listitem').allInnerTexts(), [
      'opened',
      'refused attempt',
      'not read',
    ]);
    await page.close();
  });

  it('has its rows in two lines in a panel of 300 pixels', async () => {
    const page = await openActivity({ width: 300, height: 700 });
    const who = await page.row('entry0').locator('.who').boundingBox();
    const what = await page.row('entry0').locator('.what').boundingBox();
    assert.ok(who && what && what.y > who.y);
    const time = page.page.locator('.list-row[data-key] .time').first();
    const lines = async (zone: string): Promise<number> =>
      await time.evaluate((cell, text) => {
        cell.replaceChildren('14:03', ' ', Object.assign(document.createElement('span'), { className: 'hint' }));
        cell.lastElementChild?.append(text);
        return Math.round(cell.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(cell).lineHeight));
      }, zone);
    assert.equal(await lines('New York'), await lines('Rome'));
    await page.close();
  });
});

/**
 * Draws 200,000 rows and scrolls through them.
 * @returns the longest turn in ms of computing, which does not count the time that other programs have the processor
 */
async function longestTurn(): Promise<number> {
  const page = await openActivity({ rows: [] });
  const turns = await page.turns(async () => {
    await page.page.evaluate((first) => {
      for (let start = 0; start < 200_000; start += 200) {
        const rows = Array.from({ length: 200 }, (_, index) => ({
          ...first,
          id: `row${start + index}`,
          day: `Day ${Math.floor((start + index) / 300)}`,
        }));
        const data = { name: 'rows', body: { start, removed: 0, rows } };
        performance.mark('turn begins');
        window.dispatchEvent(new MessageEvent('message', { data, origin: window.origin }));
        performance.mark('turn ends');
      }
    }, rowsOf(1)[0]);
    await page.page.locator('.list').evaluate(async (list) => {
      for (const share of [0.5, 0.1, 0.99, 1]) {
        performance.mark('turn begins');
        list.scrollTop = list.scrollHeight * share;
        list.dispatchEvent(new Event('scroll'));
        performance.mark('turn ends');
        await new Promise((done) => setTimeout(done));
      }
    });
  });
  assert.equal(turns.length, 1_004);
  await page.row('row199999').waitFor();
  assert.ok((await page.drawn()) < 80, `${await page.drawn()} elements`);
  await page.close();
  return Math.max(...turns);
}
