import assert from 'node:assert/strict';
import type { Text, Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';

/** The log of the demo home's front door, in a window where nothing was done with it yet. */
export function describeActivity(given: () => Workbench): void {
  let window: Workbench;

  before(() => {
    window = given();
  });

  /** Turns the wheel over the tree until a row is on the screen. */
  async function scrollTo(text: Text, direction: 'up' | 'down'): Promise<void> {
    const shown = window.row(text).first();
    await eventually(async () => {
      if (await shown.isVisible()) return true;
      await window.page.mouse.move(900, 600); // a hover over the tree would take the wheel
      await window.page.mouse.move(200, 500);
      await window.page.mouse.wheel(0, direction === 'down' ? 300 : -300);
      return false;
    });
  }

  it('is a closed group, and in words when it is opened', async () => {
    await window.expand('Front Door');
    await window.row(/^Authorizations\s*14/).waitFor();
    await window.collapse('Authorizations'); // leaves room for the log
    assert.equal(await window.row('Recent Activity').getAttribute('aria-expanded'), 'false');
    await window.expand('Recent Activity');
    await window.row(/^Recent Activity\s*50 entries/).waitFor();
    await window.row(/^Auto Lock\s*locked · 4\d min ago$/).waitFor();
    await window.row(/^Family\s*unlatched · 5\d min ago$/).waitFor();
    await window.row(/^Anna Berger\s*unlatched · 11 hr ago$/).waitFor();
  });

  it('says of a refused attempt that it was one, aloud too', async () => {
    const refused = window.row(/^Unknown code\s*invalid code · 13 hr ago · tried: unlatch/);
    await refused.waitFor();
    assert.match((await refused.getAttribute('aria-label')) ?? '', /^Unknown code, invalid code/);
    await window.row(/^Anna Berger\s*motor blocked · /).waitFor();
  });

  it('loads the rest by the keyboard, and then ends', async () => {
    await scrollTo('Load more', 'down');
    await window
      .row(/ ago, |, \d\d:\d\d/)
      .last()
      .click(); // the entry above it
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await window.row('Load more').waitFor({ state: 'hidden' });
    await scrollTo(/Firmware update/, 'down');
    await scrollTo(/^Recent Activity\s*94 entries/, 'up');
  });

  it('shows one person when asked to, and all again', async () => {
    await window.pressInlineAction('Recent Activity', 'Filter Activity…');
    await window.choose('Family');
    await window.row(/^Recent Activity\s*only Family · 9 of 94/).waitFor();
    await window
      .row(/^Auto Lock/)
      .first()
      .waitFor({ state: 'hidden' });
    assert.equal(await window.row('Family').count(), 9);
    await window.chooseFromMenu('Recent Activity', 'Filter Activity…');
    await window.choose('All activity');
    await window.row(/^Recent Activity\s*94 entries/).waitFor();
  });

  it('is filtered before it was opened', async () => {
    await window.collapse('Front Door');
    await window.expand('Garage');
    await window.chooseFromMenu('Recent Activity', 'Filter Activity…');
    await window.choose('lock');
    await window.row(/^Recent Activity\s*only lock · 9 of 22/).waitFor();
    await window.row(/^Anna Berger\s*low motor voltage · /).waitFor();
  });
}
