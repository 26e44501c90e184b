import assert from 'node:assert/strict';
import { fields } from '../../../src/webview/protocol/form.ts';
import { previewOfTrouble, progress } from './model.ts';
import { openForm, type FormPage } from './formPage.ts';

const dayIds = [64, 32, 16, 8, 4, 2, 1].map((bit) => `weekday-${bit}`);

describe('the form by keyboard alone', function () {
  this.timeout(60_000);

  it('is walked through in the order in which it is read', async () => {
    const form = await openForm();
    const walked = [await form.focused()];
    while (walked.at(-1) !== 'Cancel' && walked.length < 60) {
      await form.page.keyboard.press('Tab');
      const here = await form.focused();
      walked.push(here);
    }
    assert.deepEqual(walked, [
      'credential-code',
      'name',
      'device-17',
      'device-18',
      'code',
      'Show',
      'Generate',
      'from-limit',
      'from-date',
      'from-time',
      'until-limit',
      'until-date',
      'until-time',
      ...dayIds,
      'every day',
      'weekdays',
      'weekend',
      'hours-open',
      'hours-from',
      'hours-until',
      'What is sent',
      'Copy',
      'Create on 2 devices',
      'Cancel',
    ]);
    await form.close();
  });

  it('is filled in and sent', async () => {
    const form = await openForm();
    const { keyboard } = form.page;
    await keyboard.press('ArrowRight'); // App user
    await goTo(form, 'person');
    await keyboard.type('New');
    await goTo(form, 'personName');
    await keyboard.type('Eva Weber');
    await goTo(form, 'personEmail');
    await keyboard.type('eva@example.org');
    await goTo(form, 'name');
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('Eva');
    await goTo(form, 'device-19');
    await keyboard.press('Space');
    await goTo(form, 'from-limit');
    await keyboard.press('ArrowUp');
    await keyboard.type('own');
    assert.equal(await form.field('Starts').inputValue(), 'own');
    assert.equal(await form.focused(), 'from-limit', 'the rest of the word is typed into no date');
    await keyboard.press('ArrowUp');
    await goTo(form, 'until-date');
    await keyboard.type('15.7.2027');
    await goTo(form, 'until-time');
    await keyboard.type('9:15 pm');
    await goTo(form, 'weekday-4');
    await keyboard.press('Space');
    await goTo(form, 'weekday-2');
    await keyboard.press('Enter');
    await goTo(form, 'hours-open');
    await keyboard.press('Space');
    await goTo(form, 'remote');
    await keyboard.press('Space');
    await keyboard.press('Enter');
    assert.deepEqual(await form.hears('submit'), {
      credential: 'app',
      name: 'Eva',
      person: { name: 'Eva Weber', email: 'eva@example.org' },
      devices: [17, 18, 19],
      remoteAllowed: true,
      from: null,
      until: { date: '2027-07-15', time: '21:15', disambiguation: null },
      weekdays: 122,
      hours: null,
      code: '',
    });
    await form.close();
  });

  it('is sent by Enter in a field', async () => {
    for (const field of ['name', 'code', 'from-date', 'hours-until']) {
      const form = await openForm();
      await form.page.locator(`#${field}`).press('Enter');
      await form.hears('submit');
      await form.close();
    }
  });

  it('loses nothing by Escape', async () => {
    const form = await openForm();
    await form.field('Name').fill('Eva');
    for (const field of ['name', 'code', 'from-date', 'weekday-64']) {
      await form.page.locator(`#${field}`).press('Escape');
    }
    assert.equal(await form.field('Name').inputValue(), 'Eva');
    assert.deepEqual(
      form.posted.map(({ name }) => name).filter((name) => !['ready', 'preview'].includes(name)),
      [],
    );
    await form.close();
  });

  it('gets the focus on the first field that is wrong, in the order of the page', async () => {
    const form = await openForm();
    const wrong = previewOfTrouble.problems;
    for (const [field, focused] of [
      ['credential', 'credential-code'],
      ['name', 'name'],
      ['devices', 'device-17'],
      ['code', 'code'],
      ['from', 'from-earlier'], // which of two equal times is meant
      ['until', 'until-date'],
      ['weekdays', 'weekday-64'],
      ['hours', 'hours-from'],
    ] as const) {
      await form.button('Cancel').focus();
      const later = fields.slice(fields.indexOf(field)).toReversed();
      const problems = Object.fromEntries(later.map((name) => [name, wrong[name] ?? '']));
      await form.tell({ name: 'refused', body: { ...previewOfTrouble, problems } });
      await form.problem(field).waitFor();
      assert.equal(await form.focused(), focused);
    }
    await form.close();
  });

  it('has the focus on what has become of it, and on Close when there is nothing more to look for', async () => {
    const form = await openForm();
    await form.button('Create on 2 devices').press('Enter');
    await form.tell({ name: 'progress', body: progress });
    await form.button('Refresh').waitFor();
    assert.equal(await form.focused(), progress.heading);
    await form.page.keyboard.press('Tab');
    assert.equal(await form.focused(), 'Refresh');
    await form.tell({ name: 'progress', body: { ...progress, canCheck: false } });
    await form.button('Refresh').waitFor({ state: 'hidden' });
    assert.equal(await form.focused(), 'Close');
    await form.page.keyboard.press('Enter');
    await form.hears('cancel');
    await form.close();
  });
});

/** Presses Tab until the focus is there. */
async function goTo({ page }: FormPage, id: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${id}`);
}
