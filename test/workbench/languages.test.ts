import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import type { Workbench } from '../vscode/page.ts';
import type { Settings } from '../vscode/settings.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { fastClock } from './clock.ts';
import { german, pseudo, type Language } from './languages.ts';
import { goodToken, type NukiServer } from './nukiServer.ts';
import { describeWelcome } from './welcome.ts';
import { closeAll, openForwarded, startHome } from './windows.ts';

interface Flows {
  readonly nuki: NukiServer;
  readonly window: Workbench;
}

describe('in German', () => {
  const flows = describeFlows(german, { 'http.proxyStrictSSL': false });

  describe('an account that shows nothing', () => {
    before(async () => {
      const { window } = flows();
      await window.runCommand(`Nuki: ${german.title('command.account.remove')}`);
      await window.pressInDialog(german.t('Remove'));
      await window.rows.first().waitFor({ state: 'hidden' });
    });

    describeWelcome(german, flows);
  });
});

describe('in the pseudo-locale', () => {
  describeFlows(pseudo);
});

/** The main flows. @returns the window that they are in, and its home */
function describeFlows({ tag, t, title }: Language, settings: Settings = {}): () => Flows {
  const welcomed = /\[([^\]]*)\]\(command:nuki\.account\.add\)/.exec(title('welcome.noAccount'))?.[1] ?? '';
  let nuki: NukiServer;
  let window: Workbench;
  let form: AuthorizationForm;

  before(async () => {
    nuki = await startHome();
    window = await openForwarded({ locale: tag, settings });
    form = new AuthorizationForm(window, { t });
    await window.openSidebar();
    await window.widenSidebar(520);
  });

  after(closeAll);

  const run = (key: string): Promise<void> => window.runCommand(`Nuki: ${title(key)}`);

  /** Every word of these parts of the window is in the language. */
  const speaks = async (...parts: readonly Locator[]): Promise<void> => {
    if (tag !== pseudo.tag) return; // elsewhere no word tells of itself that it is English
    for (const part of parts) assert.deepEqual(await rawEnglishIn(part), []);
  };

  /** The list that is open under `heading` is in the language. */
  const offers = async (heading: string): Promise<void> => {
    await window.quickInput.locator('.quick-input-title').filter({ hasText: heading }).waitFor();
    await window.options.first().waitFor();
    const shown = await window.options.allInnerTexts();
    const spoken = await window.options.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    const hint = await window.quickInput.locator('.quick-input-filter input').getAttribute('placeholder');
    if (tag === pseudo.tag) assert.deepEqual([...shown, ...spoken, hint ?? ''].filter(isRawEnglish), []);
  };

  it('welcome', async () => {
    await window.sidebar.getByRole('button', { name: welcomed, exact: true }).waitFor();
    await speaks(window.sidebar.locator('.welcome-view-content > *'));
  });

  it('add an account', async () => {
    await window.sidebar.getByRole('button', { name: welcomed, exact: true }).click();
    await window.quickInput.getByText(t('Add Account'), { exact: true }).waitFor();
    await speaks(window.quickInput.locator('.quick-input-title'), window.inputMessage);
    await window.fillInput('short');
    const refusal =
      "That doesn't look like an API token. Tokens have at least 20 characters, and no spaces or special characters.";
    await window.inputMessage.filter({ hasText: t(refusal) }).waitFor();
    await window.fillInput(goodToken);
    await window
      .row('Anna Berger')
      .filter({ hasText: t('{0} devices', 7) })
      .waitFor();
  });

  if (settings['http.proxyStrictSSL'] === false) {
    it('warn of an account where VS Code checks no certificate', async () => {
      const told = await window.notificationText(/proxyStrictSSL/);
      assert.match(told, /^http\.proxyStrictSSL ist aus, .* Schalten Sie die Einstellung ein\.$/);
    });
  }

  it('show devices, authorizations and activity, in sight and aloud', async () => {
    const seen = window.row('Front Door').filter({ hasText: t('locked') });
    await seen.waitFor();
    assert.ok((await seen.getAttribute('aria-label'))?.startsWith(`Front Door, ${t('locked')}`));
    await speaks(window.rows);
    await window.expand('Front Door');
    await window.row(new RegExp(`^${t('Codes')}`)).waitFor();
    await window
      .row('Plumber')
      .filter({ hasText: t('disabled') })
      .waitFor();
    await speaks(window.rows);
    await window.collapse(t('Authorizations'));
    await window.expand(t('Recent Activity'));
    await window.row(new RegExp(t('{0} entries', 50))).waitFor();
    await speaks(window.rows);
    await window.collapse('Front Door');
  });

  it('offer what a device can do', async () => {
    const items = await window.menuItems('Front Door');
    for (const key of ['lock', 'unlock', 'unlatch']) assert.ok(items.includes(title(`command.device.${key}`)), key);
    if (tag === pseudo.tag) assert.deepEqual(items.filter(isRawEnglish), []);
  });

  const confirmed = (state: string): Promise<void> =>
    window.row(new RegExp(`^Front Door\\s*${t(state)} ✓ \\d\\d:\\d\\d`)).waitFor({ timeout: 30_000 });

  it('ask before a door is unlocked, and follow it', async () => {
    await window.pressInlineAction('Front Door', title('command.device.unlock'));
    assert.equal((await window.readDialog()).message, t('Unlock {0}?', 'Front Door'));
    await speaks(window.dialog.locator('.dialog-message-container'));
    const underWay = window.row('Front Door').filter({ hasText: `${t('unlocking')}…` });
    const isSeen = underWay.waitFor();
    nuki.home.fault({ method: 'POST', change: (taken) => isSeen.then(() => taken) });
    await Promise.all([isSeen, window.pressInDialog(t('Unlock'))]);
    await confirmed('unlocked');
  });

  it('lock from the palette', async () => {
    await run('command.device.lock');
    await offers(t('Lock'));
    await window.choose(/Front Door/);
    await confirmed('locked');
  });

  it('show how it ended in a sidebar of 300 px', async () => {
    await window.widenSidebar(300);
    assert.match(await window.descriptionInSight('Front Door'), new RegExp(`^${t('locked')} ✓`));
    await window.widenSidebar(520);
  });

  it('say why nothing was sent', async () => {
    await run('command.device.unlock');
    await window.choose(/Cellar/);
    const told = window.notifications.filter({
      hasText: t('{0} is offline and would act later, unattended. Nothing was sent.', 'Cellar'),
    });
    await speaks(
      told.locator('.notification-list-item-message'),
      told.locator('.notification-list-item-buttons-container'),
    );
    await window.page.keyboard.press('Escape');
  });

  it('open a menu from the status bar', async () => {
    await window.chooseFromMenu('Front Door', title('command.statusBar.choose'));
    const spoken = new RegExp(`^Front Door, ${t('locked')}`);
    await window.page.locator('.part.statusbar').getByRole('button', { name: spoken }).first().waitFor();
    await window.clickStatusItem(/Front Door/);
    await offers(`Front Door · ${t('locked')}`);
    await window.option(t('New Authorization…')).waitFor();
    await speaks(window.statusItem(/Front Door/));
    await window.page.keyboard.press('Escape');
  });

  it('say more when the user points at a device', async () => {
    const told = await window.readHover('Front Door', new RegExp(t('firmware {0}', '5.9.4')));
    if (tag === pseudo.tag) assert.deepEqual(told.split('\n').filter(isRawEnglish), []);
  });

  it('make a keypad code by the form, with dates and weekdays of the language', async () => {
    await window.chooseFromMenu('Front Door', title('command.authorization.create'));
    await form.ready();
    const page = form.frame.locator('main');
    await form.send(t('Create on {0}', 'Front Door'));
    await form.problem('name').waitFor();
    await speaks(page);
    await form.fill('Name', 'Guest Weber');
    await form.generateCode();
    await form.limitDates('From', '2027-06-16', '10:30');
    await form.limitHours('09:00', '17:00');
    const weekday = new Intl.DateTimeFormat(tag, { weekday: 'long' }).format(new Date(2027, 5, 16));
    const month = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }).format(new Date(2027, 5, 16));
    await form.frame.getByRole('button', { name: weekday, exact: true }).waitFor();
    await form.frame.locator('.words').filter({ hasText: month }).waitFor();
    await speaks(page);
    await form.send(t('Create on {0}', 'Front Door'));
    await form.done('Front Door');
    await speaks(page, window.page.locator('.tabs-container .tab .label-name'));
    await form.close();
  });

  it('convert', async () => {
    await run('command.value.convert');
    await offers(t('Convert Value'));
    await window.typeInput('124');
    await window.option(/^0b1111100/).waitFor();
    await offers(t('Convert Value'));
    await window.page.keyboard.press('Escape');
  });

  it('explain a number in the editor', async () => {
    await window.chooseFromMenu('Front Door', title('menu.developer'), title('command.json.show'));
    const told = await window.readFieldHover('type', new RegExp(t('5th generation').replaceAll(' ', '\\s')));
    if (tag === pseudo.tag) assert.deepEqual(told.split('\n').filter(isRawEnglish), []);
  });

  it('walk through the first steps', async () => {
    await window.runCommand('Welcome: Open Walkthrough...');
    await window.choose(title('walkthrough.title'));
    const steps = window.page.locator('.getting-started-step');
    await steps.filter({ hasText: title('walkthrough.form.title') }).waitFor();
    assert.equal(await steps.count(), 4);
    const ticked = (step: string) =>
      steps.filter({ hasText: title(`walkthrough.${step}.title`) }).locator('.codicon-getting-started-step-checked');
    await run('command.devices.refresh');
    for (const step of ['account', 'devices', 'form']) await ticked(step).waitFor();
    assert.equal(await ticked('token').count(), 0); // the link to Nuki Web was not followed
    await speaks(steps.locator('.step-title'), steps.locator('.step-description-container'));
  });
  return () => ({ nuki, window });
}

/** What people, doors and mails are called, which stays as it is. */
const names = namesIn(demoHomeOptions(fastClock, 11)).concat('Guest Weber');

/** What is the same in every language: Nuki, zones and their cities, units, clocks of 12 hours, the languages' own names and what the API calls its fields; and what VS Code adds in its own. */
const sameEverywhere = [
  /\bNuki( Web)?\b/g,
  /\b[A-Z]\w+\/\w+\b/g,
  /\bBerlin\b/g,
  /\b(UTC|GMT)\b/g,
  /\b\d{1,2}:\d\d [AP]M\b/g,
  /^(English|Deutsch)$/g,
  /\b(PUT|POST) \/\w+(\/\w+)*/g,
  /\b\d{4}-\d\d-\d\dT[\d:.]+Z\b/g,
  /^Actions for /,
  / \(Press 'Enter' to confirm or 'Escape' to cancel\)/g,
];

/** Whether something is said in Latin letters that is neither a name nor the same in every language. */
function isRawEnglish(text: string): boolean {
  const unnamed = names.reduce((rest, each) => rest.replaceAll(each, ''), text);
  return /[a-z]{2}/i.test(sameEverywhere.reduce((rest, same) => rest.replace(same, ''), unnamed));
}

/** What a part of the window says in English, in sight or aloud. */
async function rawEnglishIn(part: Locator): Promise<readonly string[]> {
  await part.first().waitFor({ state: 'attached' });
  const texts = await part.evaluateAll((elements) => {
    const all = elements
      .flatMap((element) => [element, ...element.querySelectorAll('*')])
      .filter((element) => element.closest('dl:not(.facts)') === null); // but the request, which is the API's
    const shown = all.flatMap(({ childNodes }) =>
      [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE),
    );
    const spoken = all.flatMap((element) =>
      ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)),
    );
    return [...shown.map(({ nodeValue }) => nodeValue), ...spoken].filter((text) => text !== null);
  });
  return [...new Set(texts.filter(isRawEnglish))];
}

/** Every text under a key that holds a name, however deep, the longest first. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'string' && /^(name|email)$/.test(key) && each !== '' ? [each] : namesIn(each),
  );
  return [...new Set(found)].toSorted((a, b) => b.length - a.length);
}
