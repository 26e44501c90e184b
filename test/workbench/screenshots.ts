// npm run screenshots: the sidebar with the demo home in the four themes that VS Code comes with.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../esbuild.mjs';
import { installExtension, prepareVSCode, startServer } from '../vscode/codeServer.ts';
import { repository } from '../vscode/folders.ts';
import { launchBrowser, openWorkbench, type Theme } from '../vscode/page.ts';

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
  for (const [name, theme] of Object.entries(themes)) await takePicture(name, theme);
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
  const path = join(pictures, `sidebar-${name}.png`);
  await window.screenshot(path, { x: 0, y: box.y, width: box.x + box.width, height: 584 });
  console.log(path);
  await window.close();
}
