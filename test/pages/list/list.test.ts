import assert from 'node:assert/strict';
import { OpenedPage, openPage, themeNames, type PageOptions } from '../page.ts';
import type { ListPage } from './listPage.ts';

declare const listPage: ListPage;

const many = 200_000;
/** Rows of 26 pixels in a list of 400, and those that are drawn beyond its edges. */
const mostDrawn = 40;

class PageWithList extends OpenedPage<object, object> {
  answer(): undefined {}

  readonly rows = this.page.locator('.list-body [role=row]');

  async show(count: number, first = 0, isWhole = true): Promise<void> {
    await this.page.evaluate((shown) => listPage.show(...shown), [count, first, isWhole] as const);
  }

  /** The row with the focus, as it is read out: its place and its text. */
  async focusedRow(): Promise<string> {
    return await this.page.evaluate(() => {
      const { activeElement: row } = document;
      return `${row?.getAttribute('aria-rowindex')}: ${row?.textContent}`;
    });
  }

  /** The texts of the rows that are seen as a whole, from the top. */
  async seen(): Promise<string[]> {
    return await this.page.evaluate(() => {
      const box = (shown: Element | null) => shown?.getBoundingClientRect() ?? new DOMRect();
      const top = box(document.querySelector('.list-head')).bottom;
      const { bottom } = box(document.querySelector('.list'));
      return [...document.querySelectorAll('.list-body [role=row]')]
        .filter((row) => box(row).top >= top - 1 && box(row).bottom <= bottom + 1)
        .map((row) => row.lastElementChild?.textContent ?? '');
    });
  }
}

async function openList(options: PageOptions = {}): Promise<PageWithList> {
  return await openPage<object, object, PageWithList>('list', options, (page) => new PageWithList(page));
}

describe('a list', function () {
  this.timeout(60_000);

  it('draws only what is on screen of 200,000 rows, in no turn of more than 100 ms', async () => {
    const list = await openList();
    const turns = await list.turns(async () => {
      await list.show(many);
      await list.show(many);
      await list.show(many, 1_000);
      const height = await list.page.locator('.list').evaluate(({ scrollHeight }) => scrollHeight);
      for (let step = 0; step <= 20; step++) {
        await list.page.evaluate((top) => listPage.scrollTo(top), (height / 20) * step);
        assert.ok((await list.rows.count()) <= mostDrawn, `${await list.rows.count()} rows`);
        assert.ok((await list.seen()).length >= 13, 'the list is full');
      }
    });
    assert.deepEqual((await list.seen()).slice(-1), ['entry 1000']);
    assert.equal(turns.length, 24);
    assert.ok(Math.max(...turns) <= 100, `the turns took ${turns.join(', ')} ms`);
    assert.deepEqual(list.warnings, []);
    await list.close();
  });

  it('tells how many rows there are and which is which, also where there are more', async () => {
    const list = await openList();
    const count = () => list.page.getByRole('grid', { name: 'Activity' }).getAttribute('aria-rowcount');
    await list.show(many);
    assert.equal(await count(), '200001');
    await list.page.evaluate(() => listPage.scrollTo(1e9));
    assert.equal(await list.rows.last().getAttribute('aria-rowindex'), '200001');
    assert.deepEqual(await list.rows.last().locator('[role=gridcell]').allTextContents(), ['0', 'entry 0']);
    assert.equal(await list.page.getByRole('columnheader').count(), 2);
    await list.show(50, 0, false);
    assert.equal(await count(), '-1');
    await list.close();
  });

  it('is walked through by keyboard', async () => {
    const list = await openList();
    await list.show(many);
    const { keyboard } = list.page;
    await list.page.getByText('Before').focus();
    const walked: string[] = [];
    for (const key of [
      'Tab',
      'ArrowUp',
      'ArrowDown',
      'PageDown',
      'End',
      'ArrowDown',
      'ArrowUp',
      'PageUp',
      'Control+Home',
    ]) {
      await keyboard.press(key);
      const row = await list.focusedRow();
      walked.push(row);
      assert.ok(
        (await list.seen()).some((text) => row.endsWith(text)),
        `${row} is seen`,
      );
    }
    assert.deepEqual(walked, [
      '2: 199999entry 199999',
      '2: 199999entry 199999',
      '3: 199998entry 199998',
      '16: 199985entry 199985',
      '200001: 0entry 0',
      '200001: 0entry 0',
      '200000: 1entry 1',
      '199987: 14entry 14',
      '2: 199999entry 199999',
    ]);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await list.page.getByText('entry 199990').click();
    assert.deepEqual(await list.page.evaluate(() => listPage.opened), [199_998, 199_990]);
    await keyboard.press('Tab');
    assert.equal(await list.focused(), 'After');
    await keyboard.press('Shift+Tab');
    assert.equal(await list.focusedRow(), '11: 199990entry 199990');
    await list.close();
  });

  it('keeps the focus and the sight where rows come before them, and where the focused row is scrolled away', async () => {
    const list = await openList();
    await list.show(1_000);
    await list.rows.first().focus();
    await list.page.keyboard.press('End');
    for (let presses = 0; presses < 5; presses++) await list.page.keyboard.press('ArrowUp');
    const before = await list.seen();
    assert.equal(await list.focusedRow(), '996: 5entry 5');
    await list.show(1_200);
    assert.equal(await list.focusedRow(), '1196: 5entry 5');
    assert.deepEqual(await list.seen(), before);
    await list.page.evaluate(() => listPage.scrollTo(0));
    assert.equal(await list.focusedRow(), '1196: 5entry 5');
    await list.page.keyboard.press('ArrowUp');
    assert.equal(await list.focusedRow(), '1195: 6entry 6');
    assert.ok((await list.seen()).includes('entry 6'));
    await list.show(3, 10_000);
    assert.equal(await list.focusedRow(), '4: 10000entry 10000', 'of rows that are gone the nearest place is left');
    await list.close();
  });

  it('shows what is added at the top where it is scrolled to the top', async () => {
    const list = await openList();
    await list.show(1_000);
    await list.show(1_001);
    assert.equal((await list.seen())[0], 'entry 1000');
    await list.close();
  });

  it('asks once for more when its end is on screen', async () => {
    const list = await openList();
    const ends = () => list.page.evaluate(() => listPage.ends);
    await list.show(100, 0, false);
    assert.equal(await ends(), 0);
    await list.page.evaluate(() => listPage.scrollTo(1e9));
    await list.page.evaluate(() => listPage.scrollTo(1e9 - 20));
    assert.equal(await ends(), 1);
    await list.show(200, 0, false);
    await list.page.evaluate(() => listPage.scrollTo(1e9));
    assert.equal(await ends(), 2);
    await list.show(200);
    await list.page.evaluate(() => listPage.scrollTo(1e9));
    assert.equal(await ends(), 2);
    await list.close();
  });

  it('fits into a narrow page, and leaves axe-core nothing to find in any theme', async () => {
    const list = await openList({ width: 300 });
    await list.show(many);
    await list.rows.nth(2).focus();
    await list.rows.nth(4).hover();
    for (const theme of themeNames) {
      await list.dress(theme);
      assert.deepEqual(await list.findings(), [], theme);
      assert.ok((await list.overflow()) <= 0);
    }
  });
});
