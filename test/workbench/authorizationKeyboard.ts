import assert from 'node:assert/strict';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import type { AuthorizationHome } from './authorizationHome.ts';

/** An authorization by keyboard alone. */
export function describeKeyboard(given: () => AuthorizationHome): void {
  it('is opened from the palette, filled in, corrected where the focus lands, sent and closed', async () => {
    const home = given();
    const { form, window } = home;
    await window.closeAllEditors();
    home.writes();
    const { keyboard } = window.page;
    const focused = (id: string) => form.frame.locator(`#${id}:focus`);
    const problem = async (field: Parameters<typeof form.problem>[0], words: string): Promise<void> =>
      form.problem(field).filter({ hasText: words }).waitFor();
    /** Presses Tab, or with `key` another key, until the focus is there. */
    const goTo = async (id: string, key = 'Tab'): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        if ((await focused(id).count()) > 0) return;
        await keyboard.press(key);
      }
      assert.fail(`${key} does not lead to ${id}`);
    };

    /** The page takes two presses within half a second for one. */
    const submit = async (): Promise<void> => {
      await form.frame.locator('button[type=submit]:visible:not([aria-disabled=true])').waitFor();
      await keyboard.press('Enter');
    };

    await keyboard.press('F1');
    await window.quickInput.waitFor();
    await keyboard.type('Nuki: New Authorization');
    await window.option('Nuki: New Authorization…').waitFor();
    await keyboard.press('Enter');
    await form.ready();
    await focused('credential-code').waitFor();
    await keyboard.press('ArrowRight');
    await focused('credential-app').waitFor();
    await keyboard.press('ArrowLeft');

    await submit();
    await problem('name', 'Enter a name.');
    await focused('name').waitFor();
    await keyboard.type('Guest Weber');
    await submit();
    await problem('devices', 'Select at least one device.');
    await focused(`device-${frontDoor}`).waitFor();
    await keyboard.press('Space');
    await form.frame.getByRole('button', { name: 'Create on Front Door' }).waitFor();
    await submit();
    await problem('code', "Use 6 digits from 1 to 9. The code can't start with 12.");
    await focused('code').waitFor();
    await keyboard.type('345678');

    await goTo('from-limit');
    await keyboard.type('Own');
    await goTo('from-date');
    await keyboard.type('16.6.2027');
    await goTo('from-time');
    await keyboard.type('10:30');
    await goTo('until-limit');
    for (const saturdayOrSunday of ['weekday-2', 'weekday-1']) {
      await goTo(saturdayOrSunday);
      await keyboard.press('Space');
    }
    await goTo('hours-open');
    await keyboard.press('Space');
    await focused('hours-from').waitFor();
    await keyboard.type('9');
    await goTo('hours-until');
    await keyboard.type('5 pm');
    await form.summary.getByText(/Mon–Fri 09:00–17:00, from 16 Jun 2027, 10:30/).waitFor();
    await submit();

    await form.done('Front Door');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await form.frame.getByText('Code copied.').waitFor();
    assert.equal(await window.page.evaluate(() => navigator.clipboard.readText()), '345678');
    const close = form.frame.locator('button:focus', { hasText: 'Close' });
    for (let presses = 0; presses < 10 && (await close.count()) === 0; presses++) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await window.editorTab('Guest Weber').waitFor({ state: 'hidden' });
    const { code, allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } =
      home.onLock(frontDoor, 'Guest Weber') ?? {};
    assert.deepEqual(
      { code, allowedFromDate, allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime },
      {
        code: 345678,
        allowedFromDate: '2027-06-16T08:30:00.000Z',
        allowedUntilDate: undefined,
        allowedWeekDays: 124,
        allowedFromTime: 540,
        allowedUntilTime: 1020,
      },
    );
    assert.deepEqual(home.writes(), [`PUT /smartlock/${frontDoor}/auth`]);
  });
}
