// Finds a browser of the Chromium family that Playwright can drive.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A page in a headless shell takes half the processor time: the others open a whole browser window for each profile. */
const names = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/**
 * The path of a Chromium, Chrome or Edge; as root on Debian or Ubuntu one is installed when there is none.
 * @throws an Error of one sentence that says what to do
 */
export function findChromium(): string {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`CHROME_PATH names no executable file: ${chosen}`);
  }
  const found = candidates().find(isExecutable) ?? (installFromDebian() ? candidates().find(isExecutable) : undefined);
  if (found) return found;
  throw new Error('No Chromium, Chrome or Edge found: install one, or set CHROME_PATH to its executable file.');
}

function candidates(): string[] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  return onPath.concat(usualPlaces());
}

function usualPlaces(): string[] {
  const { HOME = '', PROGRAMFILES, LOCALAPPDATA } = process.env;
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(HOME, 'Applications')];
    return folders.flatMap((folder) =>
      macApplications.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    const folders = [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA];
    return folders.flatMap((folder) => (folder ? windowsPrograms.map((parts) => join(folder, ...parts)) : []));
  }
  return ['/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says whether it installed something. */
function installFromDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing Chromium with apt-get …');
  const run = (...command: string[]): boolean => {
    try {
      execFileSync('apt-get', ['-qq', '-y', ...command], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      return true;
    } catch {
      return false;
    }
  };
  const packages = ['chromium-headless-shell', 'chromium']; // Ubuntu has no headless shell
  return run('update') && packages.some((name) => run('install', '--no-install-recommends', name));
}
