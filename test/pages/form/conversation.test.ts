import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { credentialTypes, type Draft } from '../../../src/webview/protocol/form.ts';
import { largestMessage, messagesPerSecond } from '../../../src/webview/protocol/page.ts';
import { conflict, create, draft, edit, preview, previewOfTrouble, progress, texts } from './model.ts';
import { panel } from '../page.ts';
import { openForm } from './formPage.ts';

const codeCanary = '739486';
const submit = 'Create on 2 devices';

describe('what the form and its host say to each other', function () {
  this.timeout(60_000);

  it('begins with the page, which sends the draft back as it was given', async () => {
    const form = await openForm();
    assert.deepEqual(form.bodies('ready'), [null]);
    assert.deepEqual(await form.hears('preview'), draft);
    assert.ok(form.posted.every((envelope) => envelope.panel === panel));
    await form.close();
  });

  it('keeps what is written for when the page was hidden, but no code', async () => {
    const form = await openForm();
    await form.field('Name').fill('Eva');
    await form.field('Code').fill(codeCanary);
    await form.settles();
    const kept = await form.kept();
    const written = { draft: { ...draft, name: 'Eva', code: '' }, hadCode: true };
    assert.deepEqual(kept, { panel, subject: create.subject, ...written, isSent: false });
    assert.deepEqual(form.bodies('preview').at(-1), { ...draft, name: 'Eva', code: codeCanary });
    await form.close();
    const again = await openForm({ kept });
    assert.deepEqual(again.bodies('ready'), [written]);
    await again.close();
    for (const foreign of [draft, { panel: panel.toUpperCase(), draft }, { draft }, 'Eva']) {
      const elsewhere = await openForm({ kept: foreign });
      assert.deepEqual(elsewhere.bodies('ready'), [null]);
      await elsewhere.close();
    }
  });

  it('says that a code was not kept, until there is one again, and remembers it while it is hidden again', async () => {
    const form = await openForm({ model: { ...create, lacksCode: true } });
    const lack = form.page.getByText('The code was not kept. Enter it again.');
    assert.equal(await lack.isVisible(), true);
    assert.equal(await form.page.locator('#code-lack .sign.warning').isVisible(), true);
    assert.equal(await form.focused(), 'code');
    assert.match((await form.field('Code').getAttribute('aria-describedby')) ?? '', /\bcode-lack\b/);
    await form.field('Name').fill('Eva');
    assert.equal(Reflect.get(Object(await form.kept()), 'hadCode'), true);
    await form.field('Code').fill(codeCanary);
    assert.equal(await lack.isVisible(), false);
    await form.close();
    const another = await openForm({ model: { ...create, lacksCode: true } });
    await another.tell({ name: 'generated', body: { code: codeCanary } });
    assert.equal(await another.page.getByText('The code was not kept.').isVisible(), false);
    await another.close();
  });

  it('keeps that it was sent from when it is sent, until it is known that it was not', async () => {
    const form = await openForm();
    const isSent = async (): Promise<unknown> => Reflect.get(Object(await form.kept()), 'isSent');
    assert.equal(await isSent(), false);
    for (const answer of [
      { name: 'failed', body: 'Nothing was sent.' },
      { name: 'refused', body: preview },
      { name: 'conflict', body: conflict },
    ] as const) {
      await form.button(submit).click();
      await form.hears('submit', form.bodies('submit').length || 1);
      assert.equal(await isSent(), true);
      await form.tell(answer);
      assert.equal(await isSent(), false, answer.name);
    }
    await form.tell({ name: 'show', body: create });
    await form.tell({ name: 'progress', body: progress });
    assert.equal(await isSent(), true, 'followed, and shown again after it was hidden');
    await form.tell({ name: 'failed', body: "Can't reach Nuki." });
    assert.equal(await isSent(), true, 'though looking for it has failed');
    await form.close();
  });

  it('asks for previews less often than the host would listen, and for one of what was typed last', async () => {
    const form = await openForm();
    const before = form.posted.length;
    const start = performance.now();
    await form.field('Name').press('End');
    await form.field('Name').pressSequentially('a'.repeat(80), { delay: 20 });
    await form.settles();
    const seconds = Math.ceil((performance.now() - start) / 1_000);
    const posted = form.posted.slice(before);
    assert.ok(posted.length > seconds, `${posted.length} previews in ${seconds} s`);
    for (const { at } of posted) {
      const within = posted.filter((other) => other.at >= at && other.at < at + 1_000);
      assert.ok(within.length < messagesPerSecond, `${within.length} messages in a second`);
    }
    assert.equal(form.bodies('preview').at(-1)?.name, `Guest Weber${'a'.repeat(80)}`);
    await form.close();
  });

  it('calls it after its person, until the user gives it another name', async () => {
    const form = await openForm({ model: { ...create, draft: { ...draft, name: '', credential: 'app' } } });
    const [name, person] = [form.field('Name'), form.field('Person')];
    await person.selectOption('Ben (ben@example.org)');
    assert.equal(await name.inputValue(), 'Ben');
    await person.selectOption('New person…');
    await form.field('Their name').fill('Eva');
    await form.settles();
    assert.equal(form.bodies('preview').at(-1)?.name, 'Eva');
    await name.fill('');
    assert.equal(await name.inputValue(), '');
    await name.fill('Cleaning');
    await person.selectOption('Anna (anna@example.org)');
    assert.equal(await name.inputValue(), 'Cleaning');
    await form.close();
  });

  it('fills in dates where they are chosen, goes on in them, and calls them what they are', async () => {
    const form = await openForm({ model: { ...create, draft: { ...draft, from: null, until: null } } });
    const [starts, ends] = [form.field('Starts'), form.field('Ends')];
    await starts.selectOption('own date');
    assert.equal(await form.focused(), 'from-date');
    assert.equal(await form.field('From: date').inputValue(), '26 Nov 2026');
    for (const [choice, date, time] of [
      ['same day', '2026-11-26', '23:59'],
      ['weekend', '2026-11-29', '23:59'],
      ['one week', '2026-12-03', '15:00'],
    ] as const) {
      await ends.selectOption(choice);
      await form.settles();
      assert.deepEqual(form.bodies('preview').at(-1)?.until, { date, time, disambiguation: null }, choice);
    }
    form.preview = { ...preview, presets: { ...preview.presets, week: { ...preview.presets.week, time: '10:30' } } };
    await form.field('From: time').fill('10:30');
    await form.settles();
    await form.settles();
    const week = { date: '2026-12-03', time: '10:30', disambiguation: null };
    assert.deepEqual(form.bodies('preview').at(-1)?.until, week, 'a week from the beginning that is written');
    assert.equal(await ends.inputValue(), 'week');
    await form.field('Until: time').fill('16');
    assert.equal(await ends.inputValue(), 'own');
    await form.field('Until: time').blur();
    assert.equal(await form.field('Until: time').inputValue(), '16:00');
    await ends.selectOption('no end');
    await starts.selectOption('now');
    await form.settles();
    const { from, until } = form.bodies('preview').at(-1) ?? {};
    assert.deepEqual([from, until], [null, null]);
    assert.equal(await form.field('Until: date').isVisible(), false);
    await ends.selectOption('today');
    assert.equal(await form.field('Until: date').inputValue(), '26 Nov 2026');
    await form.close();
  });

  it('takes a date from the calendar, and as people write it, in their language', async () => {
    for (const [language, shown] of [
      ['en', '1 Mar 2028'],
      ['de', '1. März 2028'],
    ] as const) {
      const form = await openForm({ model: { ...create, language } });
      const date = form.field('From: date');
      await form.page.locator('.native').first().fill('2028-03-01');
      assert.equal(await date.inputValue(), shown);
      for (const typed of ['2028-03-01', '1.3.28', '1 march 2028']) {
        await date.fill(typed);
        await form.settles();
        assert.equal(form.bodies('preview').at(-1)?.from?.date, '2028-03-01', typed);
        await date.blur();
        assert.equal(await date.inputValue(), shown);
      }
      await date.fill('tomorrow');
      await form.settles();
      assert.equal(form.bodies('preview').at(-1)?.from?.date, 'tomorrow');
      await form.close();
    }
  });

  it('fills in hours where they are chosen', async () => {
    const form = await openForm({ model: { ...create, draft: { ...draft, hours: null } } });
    await form.field('all day').uncheck();
    assert.equal(await form.focused(), 'hours-from');
    await form.field('Closes at').fill('5pm');
    await form.settles();
    assert.deepEqual(form.bodies('preview').at(-1)?.hours, { from: '09:00', until: '17:00' });
    await form.close();
  });

  it('keeps the last valid picture while a field is wrong, and says that it is not current', async () => {
    const form = await openForm();
    const obstacle = 'Fill in the highlighted fields.';
    form.preview = { ...preview, obstacle, sentences: [], notes: [], days: [], payload: [] };
    await form.field('Until: date').fill('yesterday');
    const beside = form.page.locator('.preview');
    await beside.getByText(`${texts.outdated} ${obstacle}`).waitFor();
    assert.equal(await beside.locator('.outdated, .week').isVisible(), true);
    assert.match((await beside.getAttribute('class')) ?? '', /\boutdated\b/);
    assert.equal(await beside.getByText('Guest Weber can open').isVisible(), true);
    assert.equal(await form.page.getByText(texts.payload).isVisible(), false);
    form.preview = preview;
    await form.field('Until: date').fill('30 Jun 2027');
    await beside.getByText(texts.outdated).waitFor({ state: 'detached' });
    assert.doesNotMatch((await beside.getAttribute('class')) ?? '', /outdated/);
    await form.close();
    const first = { ...form.preview, obstacle, sentences: [], notes: [], days: [], payload: [] };
    const empty = await openForm({ preview: first });
    await empty.page.locator('.preview').getByText(obstacle, { exact: true }).waitFor();
    assert.equal(await empty.page.getByText(texts.outdated).count(), 0);
    await empty.close();
  });

  it('tells whether what is sent was unfolded, for the next form', async () => {
    const form = await openForm({ model: { ...create, isUnfolded: false } });
    assert.equal(await form.button('Copy').isVisible(), false);
    await form.page.getByText(texts.payload).click();
    assert.equal(await form.hears('unfold'), true);
    assert.equal(await form.button('Copy').isVisible(), true);
    await form.close();
    const open = await openForm();
    await open.settles();
    assert.deepEqual(open.bodies('unfold'), []);
    await open.close();
  });

  it('begins with the focus on the type, or in the first field where that cannot be changed', async () => {
    for (const [model, focused] of [
      [{ ...create, draft: { ...draft, credential: 'app' } }, 'credential-app'],
      [edit, 'name'],
    ] as const) {
      const form = await openForm({ model });
      assert.equal(await form.focused(), focused);
      await form.close();
    }
  });

  it('says the rules of a code before the first mistake', async () => {
    const form = await openForm();
    assert.equal(await form.page.getByText(texts.codeRule).isVisible(), true);
    assert.match((await form.field('Code').getAttribute('aria-describedby')) ?? '', /\bcode-hint\b/);
    await form.close();
  });

  it('offers remote use for apps alone, and leaves that of an edited code as it is', async () => {
    const form = await openForm();
    const remote = form.field('Can be used remotely');
    assert.equal(await remote.isVisible(), false);
    await form.field('App user').check();
    await remote.check();
    await form.settles();
    assert.equal(form.bodies('preview').at(-1)?.remoteAllowed, true);
    await form.field('Keypad code').check();
    await form.settles();
    assert.equal(await remote.isVisible(), false);
    assert.equal(form.bodies('preview').at(-1)?.remoteAllowed, false);
    await form.close();
    const known = await openForm({ model: { ...edit, draft: { ...edit.draft, remoteAllowed: true } } });
    assert.equal((await known.hears('preview')).remoteAllowed, true);
    assert.equal(await known.page.getByLabel(texts.remoteAllowed).isVisible(), false);
    await known.close();
  });

  it('offers a shorter name where the host has one, takes it, and goes on in the name', async () => {
    const shorterName = { name: 'Guest', label: 'Shorten to "Guest"' };
    const form = await openForm({ preview: { ...preview, shorterName } });
    form.preview = preview;
    await form.button(shorterName.label).click();
    await form.settles();
    assert.equal(form.bodies('preview').at(-1)?.name, 'Guest');
    assert.equal(await form.focused(), 'name');
    assert.equal(await form.button(shorterName.label).count(), 0);
    await form.close();
  });

  it('has no message that is too large, whatever is typed', async () => {
    const form = await openForm({
      model: { ...create, draft: { ...draft, credential: 'app', person: { name: '', email: '' } } },
    });
    for (const field of ['Name', 'Their name', 'Their e-mail']) {
      await form.field(field).focus();
      await form.page.keyboard.insertText('\u0001'.repeat(20_000));
    }
    await form.settles();
    assert.ok(JSON.stringify(form.posted.at(-1)).length < largestMessage);
    await form.close();
  });

  it('sends once, however often the button is pressed, and again only after an answer', async () => {
    const form = await openForm();
    await form.button(submit).dblclick();
    await form.field('Name').press('Enter');
    await setTimeout(700); // longer than every delay of the page: a late second message would be there
    await form.button(submit).click({ force: true });
    await form.field('Name').press('Enter');
    await form.settles();
    assert.deepEqual(form.bodies('submit'), [draft]);
    assert.equal(await form.button(submit).getAttribute('aria-disabled'), 'true');

    await form.tell({ name: 'failed', body: "Can't reach Nuki. Nothing was sent." });
    assert.equal(await form.page.getByRole('alert').innerText(), "Can't reach Nuki. Nothing was sent.");
    await form.button(submit).click();
    await form.hears('submit', 2);
    assert.equal(await form.page.getByRole('alert').innerText(), '');
    await form.close();
  });

  it('tells that there was nothing to send, which is no alert, and can send after that', async () => {
    const form = await openForm();
    const status = form.page.getByRole('status');
    await form.button(submit).click();
    await form.tell({ name: 'informed', body: 'No changes to save.' });
    assert.equal(await status.innerText(), 'No changes to save.');
    assert.equal(await form.page.getByRole('alert').innerText(), '');
    await form.button(submit).click();
    await form.hears('submit', 2);
    assert.equal(await status.innerText(), '');
    await form.close();
  });

  it('loses no press after an answer that came at once: the button can be pressed again when it looks so', async () => {
    const form = await openForm();
    for (const count of [1, 2, 3]) {
      await form.button(submit).click(); // waits until it can be pressed
      await form.hears('submit', count);
      await form.tell({ name: 'refused', body: preview });
    }
    await form.close();
  });

  it('sends once also by a key that is held down', async () => {
    const form = await openForm();
    await form.button('Generate').focus();
    // One right after the other: on a busy machine ten round trips take longer than the page's pause of 0.5 s.
    await Promise.all(Array.from({ length: 10 }, () => form.page.keyboard.down('Enter')));
    await form.page.keyboard.up('Enter');
    await form.settles();
    assert.equal(form.bodies('generate').length, 1);
    await form.close();
  });

  it('says what is wrong with a field once the user has left it', async () => {
    const { name: nameProblem, code } = previewOfTrouble.problems;
    assert.ok(nameProblem !== undefined && code !== undefined);
    const form = await openForm({ preview: { ...preview, problems: { name: nameProblem, code } } });
    assert.equal(await form.page.locator('.problem:visible').count(), 0);
    await form.field('Name').fill('x'.repeat(40));
    await form.field('Code').focus();
    assert.equal(await form.problem('name').innerText(), nameProblem);
    assert.equal(await form.page.locator('.problem:visible').count(), 1);
    const name = form.field('Name');
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    assert.match((await name.getAttribute('aria-describedby')) ?? '', /\bname-problem\b/);
    form.preview = preview;
    await name.fill('Eva');
    await form.problem('name').waitFor({ state: 'detached' });
    assert.equal(await name.getAttribute('aria-invalid'), null);
    await form.close();
  });

  it('lets no click miss its aim, though a message appears above it', async () => {
    const form = await openForm({ preview: previewOfTrouble });
    await form.field('Name').fill('x'.repeat(40));
    const box = await form.page.locator('#weekday-2').boundingBox();
    assert.ok(box);
    await form.page.mouse.move(box.x + 5, box.y + 2);
    await form.page.mouse.down();
    await form.settles();
    await form.page.mouse.up();
    await form.settles();
    assert.equal(form.bodies('preview').at(-1)?.weekdays, 126);
    assert.equal(await form.problem('name').count(), 1);
    await form.close();
  });

  it('asks for what the means need, and greys out the devices that cannot be given them', async () => {
    const form = await openForm();
    const [code, person] = [form.field('Code'), form.field('Person')];
    const [garage, cellar] = [form.field('Garage'), form.field('Cellar')];
    assert.deepEqual([await code.isVisible(), await person.isVisible()], [true, false]);
    assert.deepEqual([await garage.isEnabled(), await cellar.isEnabled()], [true, false]);
    await form.field('Fob').check();
    assert.deepEqual([await code.isVisible(), await person.isVisible()], [false, true]);
    assert.deepEqual([await garage.isEnabled(), await cellar.isEnabled()], [false, true]);
    await person.selectOption({ label: 'Ben (ben@example.org)' });
    await form.settles();
    assert.deepEqual(form.bodies('preview').at(-1), { ...draft, credential: 'fob', person: 6, devices: [17] });
    await form.field('Keypad code').check();
    await form.settles();
    assert.deepEqual(form.bodies('preview').at(-1), draft);
    await form.close();
  });

  it('asks which of two equal times is meant, until there is one only', async () => {
    const form = await openForm();
    form.preview = previewOfTrouble;
    await form.field('From: time').fill('2.30');
    await form.page.getByRole('radiogroup', { name: '02:30 comes twice on 31 October. Which one?' }).waitFor();
    await form.field('the second').check();
    await form.settles();
    assert.deepEqual(form.bodies('preview').at(-1)?.from, {
      date: '2027-06-16',
      time: '02:30',
      disambiguation: 'later',
    });
    form.preview = preview;
    await form.field('From: time').fill('03:30');
    await form.field('the second').waitFor({ state: 'detached' });
    await form.field('Name').fill('Eva');
    await form.settles();
    assert.deepEqual(form.bodies('preview').at(-1)?.from, { date: '2027-06-16', time: '03:30', disambiguation: null });
    await form.close();
  });

  it('shows in an edit what it cannot change, and sends back untouched fields as they were', async () => {
    const given: Draft = { ...edit.draft, name: 'Guest\nWeber', person: 404 }; // a person whom the account no longer knows
    const devices = edit.devices.map((device) => ({ ...device, cannot: credentialTypes }));
    for (const chosen of credentialTypes) {
      const form = await openForm({ model: { ...edit, devices, draft: { ...given, credential: chosen } } });
      const sent = await form.hears('preview');
      assert.deepEqual(sent, { ...given, credential: chosen, person: chosen === 'code' ? null : 404 });
      await form.close();
    }
    const form = await openForm({ model: edit });
    for (const label of ['Keypad code', 'App user', 'Fob', 'Front Door']) {
      assert.equal(await form.field(label).isEnabled(), false, label);
    }
    assert.equal(await form.page.getByText('Leave it empty to keep the code.').isVisible(), true);
    await form.close();
  });

  it('takes a code that the host made, hidden until the user looks', async () => {
    const form = await openForm();
    await form.button('Generate').click();
    assert.deepEqual(await form.hears('generate'), draft);
    await form.tell({ name: 'generated', body: { code: codeCanary } });
    await form.settles();
    assert.equal(form.bodies('preview').at(-1)?.code, codeCanary);
    assert.equal(await form.field('Code').getAttribute('type'), 'password');
    await form.button('Show').click();
    assert.equal(await form.field('Code').getAttribute('type'), 'text');
    await form.button('Hide').click();
    assert.equal(await form.field('Code').getAttribute('type'), 'password');
    assert.ok(!JSON.stringify(await form.kept()).includes(codeCanary));
    await form.close();
  });

  it('offers to split what reaches over midnight, and to copy what is sent', async () => {
    const form = await openForm({ preview: { ...preview, canSplit: true } });
    await form.button('Copy').click();
    assert.deepEqual(await form.hears('copyPayload'), draft);
    await form.button(texts.split).dblclick();
    assert.deepEqual(await form.hears('split'), draft);
    await form.button(submit).click({ force: true });
    await form.settles();
    assert.deepEqual([form.bodies('split').length, form.bodies('submit').length], [1, 0]);
    await form.close();
  });

  it('shows what becomes of it, device by device, and can be closed', async () => {
    const form = await openForm();
    await form.tell({ name: 'progress', body: progress });
    const rows = form.page.getByRole('listitem');
    assert.deepEqual(
      await rows.evaluateAll((all) => all.map((row) => [...row.children].map((part) => part.textContent).join('|'))),
      progress.rows.map(({ device, words }) => `|${device}|${words}`),
    );
    await form.button('Refresh').click();
    await form.button('Wake and Refresh').click();
    await form.button('Close').click();
    await form.hears('cancel');
    assert.deepEqual(form.posted.map(({ name }) => name).slice(-3), ['checkAgain', 'updateFromLock', 'cancel']);
    const [first, ...others] = progress.rows;
    assert.ok(first);
    const spinner = await form.page.locator('.sign.working').elementHandle();
    await form.tell({
      name: 'progress',
      body: { ...progress, rows: [{ ...first, words: 'saved on the lock' }, ...others] },
    });
    await form.page.getByText('saved on the lock', { exact: true }).waitFor();
    assert.equal(await spinner?.evaluate((sign) => sign.isConnected), true, 'what has not changed is left alone');
    await form.close();
  });

  it('tells what was sent, and has its code and a message copied, another one created and its device shown', async () => {
    const form = await openForm();
    await form.field('Code').fill(codeCanary);
    await form.tell({ name: 'progress', body: progress });
    await form.page.getByRole('heading', { name: progress.heading, exact: true }).waitFor();
    assert.deepEqual(
      await form.page.locator('.facts > div').allInnerTexts(),
      progress.facts.map(({ field, value }) => `${field}\n${value}`),
    );
    await form.button('Copy Code').click();
    const language = form.field('Language of the message');
    assert.equal(await language.inputValue(), 'en');
    await language.selectOption('Deutsch');
    await form.tell({ name: 'progress', body: progress });
    await form.button('Copy Message for the Guest').click();
    assert.equal(await form.hears('copyMessage'), 'de', 'also after more was told');
    await form.button('Create Another').click();
    await form.button('Show in Sidebar').click();
    await form.hears('showInSidebar');
    const pressed = form.posted.map(({ name }) => name).filter((name) => name !== 'preview'); // of the code, sooner or later
    assert.deepEqual(pressed.slice(-4), ['copyCode', 'copyMessage', 'createAnother', 'showInSidebar']);
    assert.equal(await form.page.getByRole('status').filter({ hasText: progress.copied }).count(), 1);
    const shown = `${await form.page.content()}${JSON.stringify(await form.kept())}`;
    assert.ok(!shown.includes(codeCanary), 'the page has the code no more');
    await form.close();
  });

  it('offers nothing to copy where there is nothing', async () => {
    const form = await openForm();
    const nothing = { hasCode: false, hasMessage: false, canCreateAnother: false, canCheck: false, copied: '' };
    await form.tell({ name: 'progress', body: { ...progress, ...nothing } });
    const buttons = form.page.getByRole('button');
    await form.button('Close').waitFor();
    assert.deepEqual(await buttons.allInnerTexts(), ['Show in Sidebar', 'Close']);
    assert.equal(await form.field('Language of the message').isVisible(), false);
    await form.close();
  });

  it('offers a draft that was closed, until it is continued or discarded', async () => {
    const sentence = 'A draft for Guest Weber was closed.';
    const form = await openForm({ model: { ...create, closedDraft: sentence } });
    const offer = form.page.locator('.offer');
    assert.match(await offer.innerText(), new RegExp(`^${sentence}`));
    await form.button('Continue Draft').click();
    await form.hears('continueDraft');
    await form.button('Discard Draft').click();
    await form.hears('discardDraft');
    assert.equal(await offer.isVisible(), false);
    await form.tell({ name: 'show', body: { ...create, closedDraft: sentence } });
    assert.equal(await offer.isVisible(), true);
    await form.tell({ name: 'progress', body: progress });
    assert.equal(await offer.isVisible(), false);
    await form.close();
  });

  it('shows a conflict, and forgets what was typed once it is to be read again', async () => {
    const form = await openForm({ model: edit });
    await form.field('Code').fill(codeCanary);
    await form.tell({ name: 'show', body: edit });
    await form.isShown();
    assert.equal(await form.field('Code').inputValue(), codeCanary);
    await form.tell({ name: 'conflict', body: conflict });
    await form.page.getByRole('heading', { name: conflict.sentence }).waitFor();
    assert.deepEqual(await form.page.getByRole('row').allInnerTexts(), [
      '\tYours\tTheirs',
      'Until\t30 Jun 2027 18:00\t15 Jul 2027 18:00',
      'Hours\t09:00–17:00\tall day',
    ]);
    await form.button('Reload').click();
    await form.hears('reload');
    await form.tell({ name: 'show', body: edit });
    await form.isShown();
    assert.equal(await form.field('Code').inputValue(), '');
    await form.close();
  });

  it('keeps the focus where it is when it is drawn again', async () => {
    const form = await openForm();
    await form.field('Until: time').focus();
    await form.tell({ name: 'show', body: { ...create, heading: 'Drawn again' } });
    await form.page.getByRole('heading', { name: 'Drawn again' }).waitFor();
    assert.equal(await form.focused(), 'until-time');
    await form.close();
  });
});
