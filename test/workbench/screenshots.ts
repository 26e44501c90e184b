// npm run screenshots: what README and the walkthrough show, and what else there is to look at, still and moving, with the demo home in the
// themes that VS Code comes with.
// npm run screenshots -- hover activity: these alone; rows-dark: in one theme
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../esbuild.mjs';
import { installExtension, prepareVSCode, startServer } from '../vscode/codeServer.ts';
import { repository } from '../vscode/folders.ts';
import { launchBrowser, openWorkbench, type Theme, type Workbench } from '../vscode/page.ts';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { frontDoor, guestHouse } from '../../src/simulator/demo/demoDevices.ts';
import { AccessFolder, AccessWindow, fileOfStory } from './accessFolder.ts';
import { ActivityPage } from './activityPage.ts';
import { AuthorizationForm } from './authorizationForm.ts';
import { english, german } from './languages.ts';
import { chooseFromApiMenu, readableTerminal, startApi, terminalLine, type Client } from './simulatedApi.ts';
import { record, type Area, type Pointer } from './recording.ts';

const dark = { dark: 'Default Dark Modern' } as const;
const everyTheme: Readonly<Record<string, Theme>> = {
  ...dark,
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

type Part = Parameters<Workbench['screenshot']>[1];

/** Brings a window to what is to be seen, and says which part of it that is. */
const pictures: Readonly<
  Record<string, readonly [Readonly<Record<string, Theme>>, (window: Workbench) => Promise<Part>]>
> = {
  sidebar: [everyTheme, showSidebar],
  rows: [everyTheme, showRows],
  'rows-de': [everyTheme, showRows],
  'rows-below': [everyTheme, showRowsBelow],
  'rows-below-de': [everyTheme, showRowsBelow],
  people: [everyTheme, showPeople],
  'people-de': [everyTheme, showPeople],
  created: [everyTheme, showCreated],
  question: [dark, showQuestion],
  'rotate-code': [dark, showRotation],
  'rotate-code-new': [everyTheme, showNewCodes],
  'rotate-code-new-de': [dark, (window) => showNewCodes(window, 'Code erneuern…')],
  'rotate-code-end': [dark, showEndOfOldCodes],
  'rotate-code-document': [dark, showRotated],
  'status-bar-menu': [everyTheme, showStatusBarMenu],
  form: [everyTheme, showForm],
  activity: [everyTheme, showActivity],
  calendar: [everyTheme, (window) => showCalendar(window)],
  'calendar-de': [everyTheme, (window) => showCalendar(window, { t: german.t })],
  'calendar-month': [everyTheme, (window) => showCalendar(window, { choices: ['Month'] })],
  'calendar-persons': [everyTheme, (window) => showCalendar(window, { choices: ['People'] })],
  'calendar-table': [everyTheme, (window) => showCalendar(window, { choices: ['Table'] })],
  'calendar-narrow': [everyTheme, (window) => showCalendar(window, { width: 360 })],
  tokens: [everyTheme, showTokens],
  'tokens-de': [everyTheme, showTokens],
  'token-details': [everyTheme, showTokenDetails],
  'account-activity': [everyTheme, showAccountActivity],
  'account-activity-de': [everyTheme, (window) => showAccountActivity(window, 'Aktivität anzeigen')],
  'account-activity-refused': [everyTheme, showRefusedActivity],
  'account-activity-narrow': [everyTheme, showNarrowActivity],
  'access-file': [everyTheme, showAccessFile],
  'access-file-de': [everyTheme, showAccessFile],
  'access-plan': [everyTheme, showAccessPlan],
  'access-question': [dark, showAccessQuestion],
  'access-result': [dark, showAccessResult],
  'access-bookings': [everyTheme, showAccessBookings],
  hover: [dark, showHover],
  walkthrough: [dark, showWalkthrough],
  'simulated-api': [everyTheme, showSimulatedApi],
  'simulated-api-check': [everyTheme, showClientCheck],
  'simulated-api-faults': [everyTheme, showFaults],
};

/** The pictures of the walkthrough's steps, which ship with the extension: each has 15 KB at most. */
const steps: Readonly<Record<string, (window: Workbench) => Promise<Part>>> = {
  token: showPermissions,
  account: showTokenBox,
  devices: showDevices,
  form: showAccess,
};

/** Brings a window to where a moving picture begins, and says which part of it is recorded and what happens. */
type Story = (window: Workbench) => Promise<readonly [Area, (pointer: Pointer) => Promise<void>]>;

const stories: Readonly<Record<string, Story>> = { unlock: tellUnlock, share: tellShare };

/** As many as make no difference that is seen: these pictures ship with the extension. */
const coloursOfSteps = 16;

/** A keypad code as a program creates it. */
const newCode = { name: 'Cleaning', type: 13, code: 472_915, remoteAllowed: false };

const target = join(repository, 'media', 'screenshots');
const stepsTarget = join(repository, 'media', 'walkthrough');
const folder = await mkdtemp(join(tmpdir(), 'keyturner-screenshots-'));
const folders = { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
const vsix = join(folder, 'keyturner.vsix');
const accessFolder = new AccessFolder(folder);
await mkdir(target, { recursive: true });
await packageExtension({ to: vsix });
const installation = await prepareVSCode();
await installExtension(installation, folders, vsix);
const server = await startServer(installation, { ...folders, firstView: 'nuki.devices' });
const browser = await launchBrowser();
try {
  for (const [name, [themes, show]] of Object.entries(pictures)) {
    for (const [themeName, theme] of Object.entries(themes)) {
      const picture = `${name}-${themeName}`;
      if (isWanted(name) || isWanted(picture)) await take(join(target, `${picture}.png`), theme, show);
    }
  }
  for (const [name, show] of Object.entries(steps).filter(() => isWanted('steps'))) {
    for (const [themeName, theme] of Object.entries(everyTheme)) {
      await take(join(stepsTarget, `${name}-${themeName}.webp`), theme, show, coloursOfSteps);
    }
  }
  for (const [name, story] of Object.entries(stories).filter(([each]) => isWanted(each))) await tell(name, story);
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

function isWanted(name: string): boolean {
  const wanted = process.argv.slice(2);
  return wanted.length === 0 || wanted.includes(name);
}

async function take(
  path: string,
  theme: Theme,
  show: (window: Workbench) => Promise<Part>,
  colours?: number,
): Promise<void> {
  const language = /-de-[^/]*$/.test(path) ? { locale: 'de' } : {};
  const isOfApi = /\/simulated-api[^/]*$/.test(path);
  const settings = isOfApi ? readableTerminal : { 'nuki.demoHome': true, 'files.autoSave': 'off' };
  const ofAccess = /\/access-[^/]*$/.test(path) ? { folder: accessFolder.path } : {};
  writeAccessFiles();
  const window = await openWorkbench(browser, server, { theme, settings, ...language, ...ofAccess });
  await window.openSidebar();
  const part = await show(window);
  const png = await window.page.screenshot({ animations: 'disabled', ...(part ? { clip: part } : {}) });
  const drawn = sharp(png).png({ palette: true, effort: 10, ...(colours !== undefined && { colours, dither: 0 }) });
  const isSmall = path.endsWith('.webp');
  await (isSmall ? sharp(await drawn.toBuffer()).webp({ lossless: true, effort: 6 }) : drawn).toFile(path);
  console.log(path);
  await window.close();
}

async function tell(name: string, story: Story): Promise<void> {
  const window = await openWorkbench(browser, server, { settings: { 'nuki.demoHome': true } });
  await window.openSidebar();
  const [area, play] = await story(window);
  const path = join(target, `${name}.gif`);
  await record(window.page, area, path, play);
  console.log(path);
  await window.close();
}

/** From a closed door to an open one, with the question and the lock's own confirmation. */
async function tellUnlock(window: Workbench): ReturnType<Story> {
  await window.page.setViewportSize({ width: 760, height: 420 });
  await window.chooseFromMenu('Front Door', 'Show in Status Bar…');
  await window.statusItem(/Front Door/).waitFor();
  return [
    { x: 0, y: 0, width: 760, height: 420 },
    async (pointer) => {
      await pointer.to(window.row('Front Door'));
      await pointer.click(window.row('Front Door').locator('.actions').getByRole('button', { name: 'Unlock…' }));
      await window.dialog.waitFor();
      await window.page.waitForTimeout(1_500);
      await pointer.click(window.dialog.getByRole('button', { name: 'Unlock', exact: true }));
      await window.row(/unlocking/).waitFor();
      await window.row(/✓/).waitFor();
      await window.page.waitForTimeout(1_000);
    },
  ];
}

/** A code for weekdays, from the form to the message for the guest. */
async function tellShare(window: Workbench): ReturnType<Story> {
  const form = new AuthorizationForm(window);
  await window.page.setViewportSize({ width: 960, height: 640 });
  await window.chooseFromMenu('Front Door', 'New Authorization…');
  await form.ready();
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await window.sidebar.waitFor({ state: 'hidden' });
  const button = (name: string): Locator => form.frame.getByRole('button', { name, exact: true });
  return [
    await editorOf(window),
    async (pointer) => {
      await pointer.to(form.frame.getByLabel('Name', { exact: true }));
      await form.frame.getByLabel('Name', { exact: true }).pressSequentially('Guest Weber', { delay: 60 });
      await pointer.click(button('Generate'));
      await form.chooseEnd('Until', 'One week');
      await pointer.click(button('Mon–Fri'));
      await pointer.click(form.frame.getByLabel('All day', { exact: true }));
      await form.summary.getByText(/Mon–Fri/).waitFor();
      await window.page.waitForTimeout(1_500);
      await pointer.click(form.submit);
      await form.done('Front Door');
      await window.page.waitForTimeout(1_000);
      await pointer.click(button('Copy Message for the Guest'));
      await window.page.waitForTimeout(1_500);
    },
  ];
}

/** The rows of devices at the width that VS Code gives the sidebar: at rest, on the way, confirmed, failed and not confirmed. */
async function showRows(window: Workbench): Promise<Part> {
  await actFromRow(window, 'Cellar', 0);
  await actFromRow(window, 'Garage', 0);
  await window.row(/^Cellar.*(not confirmed|nicht bestätigt)/).waitFor({ timeout: 60_000 });
  await actFromRow(window, 'Guest House', 1);
  await window.row(/^Guest House.*✓/).waitFor({ timeout: 60_000 });
  await actFromRow(window, 'Front Door', 1);
  await window.page.keyboard.press('Home'); // a row with the focus shows its icons over the text
  await window.page.mouse.move(900, 300);
  return await sidebarDownTo(window, 230);
}

/** Presses one of the icons at the end of a row, and says yes to what is asked. */
async function actFromRow(window: Workbench, device: string, place: number): Promise<void> {
  await window.row(device).hover();
  await window.row(device).locator('.actions .action-label').nth(place).click();
  const asked = window.dialog.waitFor({ timeout: 3_000 });
  if (!(await asked.then(() => true).catch(() => false))) return;
  await window.page.waitForTimeout(600);
  await window.dialog.locator('.dialog-buttons .monaco-button:not(.secondary)').click();
  await window.dialog.waitFor({ state: 'hidden' });
}

/** The rows below devices: authorizations in their groups, and without them where they are few. */
async function showRowsBelow(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 1000 });
  await window.expand('Front Door');
  await window.expand('System');
  await window.row('Z-Key').waitFor();
  await window.expand('Guest House');
  await window.row('Guest Ida').waitFor();
  await window.page.mouse.move(900, 300);
  return await sidebarDownTo(window, 900);
}

/** The people of the account: what they can open, below one of them door by door, and the codes and fobs without a person. */
async function showPeople(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 900 });
  const people = window.row(/^(People|Personen)/);
  await people.click();
  await window.row('Ben Berger').waitFor();
  await window.row('Ben Berger').click();
  await window.row(/^(Without a Person|Ohne Person)/).click();
  await window.row('Housekeeping Cleanin').waitFor();
  await window.page.mouse.move(900, 300);
  await window.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  return await sidebarDownTo(window, 760);
}

/** What the form says after a code was created. */
async function showCreated(window: Workbench): Promise<Part> {
  const part = await showForm(window);
  const form = new AuthorizationForm(window);
  await form.send(/^Create/);
  await form.done('Front Door');
  await form.frame.getByRole('button', { name: 'Copy Message for the Guest' }).waitFor();
  return part;
}

/** What is asked before a door with an open sensor is locked. */
async function showQuestion(window: Workbench): Promise<Part> {
  await window.row('Terrace').hover();
  await window.row('Terrace').locator('.actions .action-label').first().click();
  await window.dialog.waitFor();
  return { x: 0, y: 0, width: 1280, height: 560 };
}

/** What is asked before codes get new digits: two can, and one cannot. */
async function showRotation(window: Workbench, command = 'Rotate Code…'): Promise<Part> {
  await window.widenSidebar(420);
  await window.expand('Front Door');
  for (const name of ['Housekeeping Cleanin', 'Plumber'])
    await window.row(name).click({ modifiers: ['ControlOrMeta'] });
  await window.row(/^Family/).click({ modifiers: ['ControlOrMeta'] });
  await window.chooseFromMenu(/^Family/, command);
  await window.dialog.waitFor();
  return { x: 0, y: 0, width: 1280, height: 640 };
}

/** The new codes, once the lock has them. */
async function showNewCodes(window: Workbench, command?: string): Promise<Part> {
  const part = await showRotation(window, command);
  await window.page.waitForTimeout(600);
  await pressYes(window);
  await window.options.first().waitFor({ timeout: 120_000 });
  return part;
}

/** What is asked before the old codes end. */
async function showEndOfOldCodes(window: Workbench): Promise<Part> {
  const part = await showNewCodes(window);
  for (const place of [0, 3]) {
    await window.options.nth(place).click();
    await window.options.first().waitFor();
  }
  await window.choose(/End Old Code/);
  await window.dialog.waitFor();
  await window.page.waitForTimeout(600);
  return part;
}

/** What became of it. */
async function showRotated(window: Workbench): Promise<Part> {
  const part = await showEndOfOldCodes(window);
  await pressYes(window);
  await window.editorTab(/Untitled-1/).waitFor({ timeout: 120_000 });
  return part;
}

async function pressYes(window: Workbench): Promise<void> {
  await window.dialog.locator('.dialog-buttons .monaco-button:not(.secondary)').click();
  await window.dialog.waitFor({ state: 'hidden' });
}

async function showSidebar(window: Workbench): Promise<Part> {
  await window.widenSidebar(520);
  await window.expand('Front Door');
  await window.expand('System');
  await window.row('Z-Key').waitFor();
  await window.page.mouse.move(900, 600); // no hover in the picture
  return await sidebarDownTo(window, 584);
}

async function sidebarDownTo(window: Workbench, height: number): Promise<Part> {
  const box = await window.sidebar.boundingBox();
  if (box === null) throw new Error('the sidebar is not to be seen');
  return { x: 0, y: box.y, width: box.x + box.width, height };
}

async function showStatusBarMenu(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 900, height: 620 });
  await window.chooseFromMenu('Front Door', 'Show in Status Bar…');
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await window.statusItem(/Activating Extensions/).waitFor({ state: 'hidden' });
  await window.clickStatusItem(/Front Door/);
  await window.option('Recent Activity').waitFor();
  return undefined;
}

/** A code for two doors, filled in and not sent yet. */
async function showForm(window: Workbench): Promise<Part> {
  const form = new AuthorizationForm(window);
  await window.page.setViewportSize({ width: 1280, height: 860 }); // all of what is sent
  const icon = window.page.waitForResponse(/icon\.png/); // of the tab, which comes late
  await window.chooseFromMenu('Front Door', 'New Authorization…');
  await form.ready();
  await form.fill('Name', 'Guest Weber');
  await form.choose('Terrace');
  await form.generateCode();
  await form.limitDates('From', '2027-06-16', '10:30');
  await form.limitDates('Until', '2027-06-30', '18:00');
  await form.press('Mon–Fri');
  await form.limitHours('09:00', '17:00');
  await form.frame.getByRole('heading', { name: 'New authorization' }).click(); // no caret in the picture
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await form.summary.getByText('Front Door and Terrace').waitFor();
  await icon;
  return await editorOf(window);
}

/** Who can enter the demo home, and who at noon. */
async function showCalendar(
  window: Workbench,
  {
    choices = [],
    t = english.t,
    width = 1280,
  }: { choices?: readonly string[]; t?: typeof english.t; width?: number } = {},
): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 1_150 });
  const icon = window.page.waitForResponse(/icon\.png/);
  await window.chooseFromMenu(/^Demo/, t('Show Access Calendar'));
  const calendar = window.webview();
  await calendar.locator('.row', { hasText: 'Anna Berger' }).first().waitFor();
  for (const choice of choices) await calendar.getByRole('button', { name: t(choice), exact: true }).click();
  if (choices.length === 0) {
    await calendar.getByLabel(`${t('Who can enter at')}: ${t('Time')}`, { exact: true }).fill('12:00');
    await calendar.getByRole('button', { name: t('Ask'), exact: true }).click();
    await calendar.locator('.answer').getByText('Anna Berger').first().waitFor();
  }
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await window.sidebar.waitFor({ state: 'hidden' });
  await window.page.setViewportSize({ width, height: 1_150 });
  await icon;
  return await editorOf(window);
}

async function editorOf(window: Workbench): Promise<Area> {
  const box = await window.page.locator('.part.editor').boundingBox();
  if (box === null) throw new Error('no editor is to be seen');
  return box;
}

async function showActivity(window: Workbench): Promise<Part> {
  await window.widenSidebar(620);
  await window.expand('Front Door');
  await window.row('System').waitFor();
  await window.collapse('Authorizations');
  await window.expand('Recent Activity');
  await window.row(/^Unknown code/).waitFor();
  await window.page.mouse.move(900, 600);
  return await sidebarDownTo(window, 584);
}

/** Who holds a token, with what should be done something about. */
async function showTokens(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 900, height: 560 });
  await window.row('Front Door').waitFor();
  const isGerman = (await window.page.locator('html').getAttribute('lang')) === 'de';
  await window.runCommand(isGerman ? 'Nuki: Inhaber von Tokens anzeigen' : 'Nuki: Show Who Holds a Token');
  await window.option(/Home Assistant/).waitFor();
  return undefined;
}

/** What is known of one, and what can be done with it. */
async function showTokenDetails(window: Workbench): Promise<Part> {
  await showTokens(window);
  await window.choose('Home Assistant');
  await window.option('Copy').waitFor();
  return undefined;
}

/** The activity of the demo home, of which one entry tells all. */
async function showAccountActivity(window: Workbench, command = 'Show Activity'): Promise<Part> {
  await openAccountActivity(window, 1280, 860, command);
  const { frame } = new ActivityPage(window);
  await frame
    .locator('.list-row', { hasText: /Family/ })
    .first()
    .click();
  await frame.locator('.list-details dl').waitFor();
  return await editorOf(window);
}

/** Who was refused in the last week. */
async function showRefusedActivity(window: Workbench): Promise<Part> {
  await openAccountActivity(window, 1280, 620);
  const { frame } = new ActivityPage(window);
  await frame.locator('#time').selectOption('week');
  await frame.locator('#result').selectOption('refused');
  await frame.getByText('No older activity matches the filter.').waitFor();
  return await editorOf(window);
}

async function showNarrowActivity(window: Workbench): Promise<Part> {
  await openAccountActivity(window, 380, 760);
  return await editorOf(window);
}

async function openAccountActivity(
  window: Workbench,
  width: number,
  height: number,
  command = 'Show Activity',
): Promise<void> {
  const icon = window.page.waitForResponse(/icon\.png/); // of the tab, which comes late
  await window.row('Front Door').waitFor();
  await window.runCommand(`Nuki: ${command}`);
  await new ActivityPage(window).ready();
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await window.page.setViewportSize({ width, height });
  await icon;
}

/** An access file with a mistake, and what an entry of it means. */
async function showAccessFile(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1_000, height: 500 });
  const file = await openAccessFile(window, 'club');
  await window.page.locator('.squiggly-error').first().waitFor();
  const hover = window.page.locator('.monaco-hover').filter({ hasText: 'Terrace' });
  for (let tries = 0; tries < 5 && !(await hover.isVisible()); tries += 1) {
    await window.page.mouse.move(900, 450);
    await file.lines.filter({ hasText: 'Mira Holt' }).getByText('Mira Holt').hover();
    await hover.waitFor({ timeout: 3_000 }).catch(() => undefined);
  }
  return await editorOf(window);
}

/** What a file wants of doors that are not as it says: more, less, and someone who leaves. */
async function showAccessPlan(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1_400, height: 700 });
  const file = await openAccessFile(window, 'cleaning');
  await file.plan('Added: 3');
  await file.apply('Give Access');
  await file.change(
    (text) =>
      `${text.replace('09:00', '07:00').replace(/ {2}- key: windows[^]*/, '')}  - key: garden\n    name: Garden\n    doors: [annex]\n    by: code\n`,
  );
  await file.plan('Added: 1 · Widened: 2 · Removed: 1');
  await window.page.locator('.monaco-diff-editor').first().waitFor();
  await window.page.locator('.detected-link').first().waitFor(); // they come late, and the colours of headings with them
  await window.notifications.first().waitFor({ state: 'hidden' });
  await window.page.mouse.move(700, 690); // no hover in the picture
  await window.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  return await editorOf(window);
}

/** What is asked before a plan takes access away. */
async function showAccessQuestion(window: Workbench): Promise<Part> {
  await showAccessPlan(window);
  await window.runCommand('Nuki: Apply Access Plan…');
  await window.dialog.waitFor();
  return { x: 0, y: 0, width: 1_400, height: 560 };
}

async function showAccessResult(window: Workbench): Promise<Part> {
  const part = await showAccessQuestion(window);
  for (const answer of ['Give Access', 'Reduce Access']) await window.pressInDialog(answer);
  await window.editorTab(/result\s*Untitled/).waitFor({ timeout: 120_000 });
  return part;
}

/** What bookings change in a file. */
async function showAccessBookings(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1_100, height: 640 });
  await openAccessFile(window, 'flat');
  await window.runCommand('Nuki: Add Bookings to Access File…');
  await window.answerFileDialog('Bookings to Add', accessFolder.path, accessFolder.pathOf('flat.ics'));
  await window.quickInput.getByText('Name of the Bookings').waitFor();
  await window.page.keyboard.press('Enter');
  await window.option(/^flat/).waitFor();
  await window.page.keyboard.press('Enter');
  await window.notification(/2 added/).waitFor();
  await window.page.mouse.move(300, 560);
  await window.page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  return await editorOf(window);
}

async function openAccessFile(window: Workbench, name: string): Promise<AccessWindow> {
  await window.row('Terrace').waitFor();
  const file = new AccessWindow(window, accessFolder, `${name}.nuki-access.yaml`);
  await file.show();
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  return file;
}

/** The files of the documentation's stories: one with a mistake, and one with a calendar. */
function writeAccessFiles(): void {
  accessFolder.empty();
  const event = (id: string, from: string, until: string): string =>
    ['BEGIN:VEVENT', `UID:${id}@bookings.example.com`, `DTSTART;VALUE=DATE:${from}`, `DTEND;VALUE=DATE:${until}`]
      .concat('SUMMARY:Reserved', 'END:VEVENT', '')
      .join('\n');
  const events = event('8f31c2', '20370616', '20370630') + event('77ab01', '20370701', '20370704');
  accessFolder.write('flat.ics', `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n${events}END:VCALENDAR\n`);
  accessFolder.write('club.nuki-access.yaml', fileOfStory("A club's members").replace('[house]', '[hose]'));
  accessFolder.write('cleaning.nuki-access.yaml', fileOfStory('A cleaning team'));
  accessFolder.write('flat.nuki-access.yaml', fileOfStory('A flat with bookings'));
}

async function showHover(window: Workbench): Promise<Part> {
  await window.widenSidebar(420);
  await window.row('Front Door').locator('.label-name').hover();
  await window.page.locator('.workbench-hover').filter({ hasText: 'Firmware' }).waitFor();
  return { x: 0, y: 0, width: 900, height: 640 };
}

/** The simulated Web API: the requests of a program, a fault that it met, and the doors that it has moved. */
async function showSimulatedApi(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 540 });
  const client = await startApiInLargePanel(window);
  await client.send('GET', '/smartlock');
  await client.send('POST', `/smartlock/${guestHouse}/action`, { action: 1 });
  await terminalLine(window, /unlock Guest House: done/).waitFor();
  await client.send('GET', `/smartlock/${guestHouse}/log?limit=5`);
  await setFaultOnce(window, 'motor-blocked');
  await client.send('POST', `/smartlock/${frontDoor}/action`, { action: 3 });
  await terminalLine(window, /motor blocked after/).waitFor();
  await window.row(/^Front Door.*motor blocked/).waitFor();
  await client.send('PUT', `/smartlock/${frontDoor}/auth`, newCode);
  await setFaultOnce(window, 'rate-limit');
  await client.send('GET', '/smartlock');
  await terminalLine(window, /429/).waitFor();
  await terminalLine(window, /saved on the keypad/).waitFor();
  await chooseFromApiMenu(window, 'Show Requests'); // no mark of the focus around the item
  await window.page.mouse.move(700, 60); // no hover in the picture
  return undefined;
}

/** What the check says of a program that makes mistakes. */
async function showClientCheck(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 540 });
  const client = await startApiInLargePanel(window);
  await client.send('GET', `/smartlock/${frontDoor.toString(16)}`);
  await client.send('PUT', `/smartlock/${frontDoor}/auth`, { ...newCode, code: 120_915 });
  await chooseFromApiMenu(window, 'Check Client');
  await terminalLine(window, /No finding is no praise/).waitFor();
  await window.page.mouse.move(700, 60);
  return undefined;
}

/** The faults, with one that is set. */
async function showFaults(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 1280, height: 540 });
  await startApiInLargePanel(window);
  await setFaultOnce(window, 'slow');
  await chooseFromApiMenu(window, 'Faults…');
  await window.option('Clear All').waitFor();
  return undefined;
}

async function startApiInLargePanel(window: Workbench): Promise<Client> {
  const client = await startApi(window);
  await window.runCommand('View: Toggle Maximized Panel');
  await window.row(/^Front Door\s*locked/).waitFor();
  return client;
}

async function setFaultOnce(window: Workbench, name: string): Promise<void> {
  await chooseFromApiMenu(window, 'Faults…');
  await window.typeInput(name);
  await window.choose(name);
  await window.fillInput('1');
  await window.page.locator('.statusbar-item.warning-kind').waitFor();
}

async function showWalkthrough(window: Workbench): Promise<Part> {
  await window.runCommand('Welcome: Open Walkthrough...');
  await window.choose('Get Started with Nuki');
  await window.page.locator('.getting-started-step').first().waitFor();
  await window.page.getByText('See Your Devices').first().click();
  await window.page.getByText("Each row shows a lock's state").waitFor();
  await window.page.keyboard.press('ControlOrMeta+B');
  await window.sidebar.waitFor({ state: 'hidden' });
  await window.page.locator('.getting-started-media img').waitFor();
  return await editorOf(window);
}

/** What a token is needed for. */
async function showPermissions(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 980, height: 640 });
  await window.chooseFromMenu('Demo Home', 'Check Token');
  await window.option(/view devices/).waitFor();
  return await boxOf(window.quickInput);
}

/** The box in which a token was pasted. */
async function showTokenBox(window: Workbench): Promise<Part> {
  await window.page.setViewportSize({ width: 980, height: 300 });
  await window.runCommand('Nuki: Add Account…');
  await window.typeInput('a-token-that-nobody-has-seen');
  return await boxOf(window.quickInput);
}

async function showDevices(window: Workbench): Promise<Part> {
  await window.row('Terrace').waitFor();
  await window.page.mouse.move(900, 600);
  return await sidebarDownTo(window, 210);
}

async function showAccess(window: Workbench): Promise<Part> {
  const { x, y, width } = (await showForm(window)) ?? { x: 0, y: 0, width: 0 };
  return { x, y: y + 36, width, height: 420 };
}

async function boxOf(part: Locator): Promise<Part> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('it is not to be seen');
  return box;
}
