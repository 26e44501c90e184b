import assert from 'node:assert/strict';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { repository } from '../vscode/folders.ts';
import type { Workbench } from '../vscode/page.ts';
import { eventually } from './eventually.ts';

/** Published responses of the Web API. */
export const samples = join(repository, 'test/fixtures/samples');

/** Puts text into a file that has no name yet. */
async function openText(window: Workbench, text: string): Promise<void> {
  await window.runCommand('File: New Untitled Text File');
  await window
    .editorTab(/Untitled/)
    .last()
    .waitFor();
  await window.page.keyboard.insertText(text);
}

/** Waits until the editor that has the focus holds these lines and nothing else. */
async function waitForText(window: Workbench, ...lines: readonly string[]): Promise<void> {
  const shown = window.page.locator('.editor-group-container.active .view-line');
  await eventually(async () => isDeepStrictEqual(await shown.allInnerTexts(), lines));
}

/** What serves programmers without an account, in a window that shows the folder of samples. */
export function describeConversions(given: () => Workbench): void {
  let window: Workbench;

  before(() => {
    window = given();
  });

  it('convert while one types, and copy what is chosen', async () => {
    await window.runCommand('Nuki: Convert Device ID…');
    await window.typeInput('1A2B3C4');
    await window.option(/Smart Lock \(5th generation\)/).waitFor();
    await window.typeInput('51A2B3C4D');
    await window.option(/^21913877581/).waitFor();
    await window.typeInput('nothing');
    await window.option(/This is not a device ID/).waitFor();
    await window.typeInput('21913877581');
    await window.choose(/^1A2B3C4D.*Smart Lock \(5th generation\)/);
    await window.statusItem(/Copied 1A2B3C4D/).waitFor();
    assert.equal(await window.page.evaluate(() => navigator.clipboard.readText()), '1A2B3C4D');
  });

  it('choose weekdays from a list', async () => {
    await window.runCommand('Nuki: Convert Weekdays…');
    await window.choose('Choose Days…');
    await window.choose('Monday');
    await window.choose('Thursday');
    await window.page.keyboard.press('Enter');
    await window.choose(/^72/);
    await window.statusItem(/Copied 72/).waitFor();
  });

  it('turn a clock into the UTC of the API, in a zone of choice', async () => {
    await window.runCommand('Nuki: Convert Date and Time…');
    await window.typeInput('Europe/Berlin');
    await window.choose(/Europe\/Berlin/);
    await window.typeInput('2027-06-16 10:30');
    await window.choose(/^2027-06-16T08:30:00\.000Z/);
    await window.statusItem(/Copied 2027-06-16T08:30:00\.000Z/).waitFor();
  });

  it('start from the selection and replace it', async () => {
    await openText(window, '9:00 AM');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.runCommand('Nuki: Convert Time of Day…');
    await window.choose(/^540/);
    await window.choose('Replace the Selection');
    await waitForText(window, '540');
  });

  it('convert several selections, each for itself', async () => {
    await openText(window, '09:00\n17:30');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.page.keyboard.press('Shift+Alt+I'); // a cursor at the end of each line
    await window.page.keyboard.press('Shift+Home');
    await window.runCommand('Nuki: Convert Time of Day…');
    await window.choose(/^540, 1050/);
    await window.choose('Replace 2 Selections');
    await waitForText(window, '540', '1050');
  });

  it('says what the numbers of a published response of the Web API mean where one points at them', async () => {
    await window.runCommand('View: Show Explorer');
    await window.row(/^smartlock-type-4\.json/).dblclick();
    await window.editorTab(/smartlock-type-4/).waitFor();
    assert.match(await window.readFieldHover('smartlockId', /1A2B3C4D/), /1A2B3C4D/);
    await goToLine(window, 20);
    assert.match(await window.readFieldHover('timezoneId', /Berlin/), /Europe\/Berlin/);
    await goToLine(window, 60);
    assert.match(await window.readFieldHover('lastAction', /lock/i), /lock/i);
    assert.match(await window.readFieldHover('firmwareVersion', /3\.10\.7/), /3\.10\.7/);
  });
}

/** Brings a line of the editor to its middle. */
async function goToLine(window: Workbench, line: number): Promise<void> {
  await window.page.keyboard.press('Control+G');
  await window.fillInput(`:${line}`);
}
