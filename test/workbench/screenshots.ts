// npm run screenshots: the sidebar and the form with the demo home in the four themes that VS Code comes with.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../esbuild.mjs';
import { installExtension, prepareVSCode, startServer } from '../vscode/codeServer.ts';
import { repository } from '../vscode/folders.ts';
import { launchBrowser, openWorkbench, type Theme, type Workbench } from '../vscode/page.ts';
import { FormPage } from './authorizationForm.ts';

const themes: Readonly<Record<string, Theme>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
};

const pictures = join(repository, 'media', 'screenshots');
const folder = await mkdtemp(join(tmpdir(), 'keyturner-screenshots-'));
const folders = { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
const vsix = join(folder, 'keyturner.vsix');
await mkdir(pictures, { recursive: true });
await packageExtension({ to: vsix });
const installation = await prepareVSCode();
await installExtension(installation, folders, vsix);
const server = await startServer(installation, folders);
const browser = await launchBrowser();
try {
  for (const [name, theme] of Object.entries(themes)) {
    await takePicture(name, theme);
    await takePictureOfForm(name, theme);
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function takePicture(name: string, theme: Theme): Promise<void> {
  const window = await openWorkbench(browser, server, { theme, settings: { 'nuki.demoHome': true } });
  await window.openSidebar();
  await window.widenSidebar(520);
  await window.expand('Front Door');
  await window.expand('Authorizations');
  await window.row('Z-Key').waitFor();
  await window.page.mouse.move(900, 600); // no hover in the picture
  const box = await window.sidebar.boundingBox();
  if (box === null) throw new Error('the sidebar is not to be seen');
  await keep(window, `sidebar-${name}.png`, { x: 0, y: box.y, width: box.x + box.width, height: 584 });
}

/** A code for two doors, filled in and not sent yet. */
async function takePictureOfForm(name: string, theme: Theme): Promise<void> {
  const window = await openWorkbench(browser, server, { theme, settings: { 'nuki.demoHome': true } });
  const form = new FormPage(window);
  await window.page.setViewportSize({ width: 1280, height: 860 }); // all of what is sent
  await window.openSidebar();
  await window.chooseFromMenu('Front Door', 'New Authorization…');
  await form.ready();
  await form.fill('Name', 'Guest Weber');
  await form.choose('Terrace');
  await form.press('Generate');
  await form.limitDates('From', '2027-06-16', '10:30');
  await form.limitDates('Until', '2027-06-30', '18:00');
  await form.press('Weekdays');
  await form.limitHours('09:00', '17:00');
  await form.frame.getByRole('heading', { name: 'New authorization' }).click(); // no caret in the picture
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await form.frame.getByText('Terrace and Front Door').or(form.frame.getByText('Front Door and Terrace')).waitFor();
  const editor = await window.page.locator('.part.editor').boundingBox();
  if (editor === null) throw new Error('the form is not to be seen');
  await keep(window, `form-${name}.png`, editor);
}

async function keep(window: Workbench, name: string, part: Parameters<Workbench['screenshot']>[1]): Promise<void> {
  const path = join(pictures, name);
  await window.screenshot(path, part);
  console.log(path);
  await window.close();
}
