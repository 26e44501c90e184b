// npm start: packages the extension and opens it with the demo home in a VS Code of its own, until Ctrl+C.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageExtension } from '../esbuild.mjs';
import { installExtension, prepareVSCode, startServer } from './vscode/codeServer.ts';
import { cache } from './vscode/folders.ts';
import { isFree } from './vscode/ports.ts';
import { quiet, userSettingsFile, writeUserSettings } from './vscode/settings.ts';

const usualPort = 8100;

// What is done and set in these windows stays there from one start to the next.
const folder = join(cache, 'start');
const folders = { data: join(folder, 'data'), extensions: join(folder, 'extensions') };
const vsix = join(folder, 'keyturner.vsix');

await packageExtension({ to: vsix });
const installation = await prepareVSCode();
await installExtension(installation, folders, vsix);
if (!existsSync(userSettingsFile(folders.data)))
  await writeUserSettings(folders.data, { ...quiet, 'nuki.demoHome': true });
const port = (await isFree(usualPort)) ? usualPort : 0;
const server = await startServer(installation, { ...folders, port, firstView: 'nuki.devices' });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
console.log(`\nKeyturner is open at ${server.url}`);
console.log('If the sidebar is closed, open the Nuki icon in the activity bar. Ctrl+C ends it.');
if (hasDesktop()) openInBrowser(server.url);

function hasDesktop(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (CI || SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
}

function openInBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  };
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined); // the address is on the screen anyway
  child.unref();
}
