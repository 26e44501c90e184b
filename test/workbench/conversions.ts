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

  it('convert whatever one types, and copy what is chosen', async () => {
    await window.runCommand('Nuki: Convert Value…');
    await window.typeInput('1A2B3C4');
    await window.option(/Smart Lock \(5th generation\)/).waitFor();
    await window.typeInput('124');
    await window.option(/^Mon–Fri\s*Days of the bitmask/).waitFor();
    await window.option(/^02:04\s*Time of day/).waitFor();
    await window.typeInput('nothing of Nuki');
    await window.option(/This isn't a value of the Nuki API/).waitFor();
    await window.typeInput('123456');
    await window.option(/^Use 6 digits from 1 to 9\./).waitFor();
    await window.typeInput('21913877581');
    await window.choose(/^1A2B3C4D.*Smart Lock \(5th generation\)/);
    await window.statusItem(/Copied 1A2B3C4D/).waitFor();
    assert.equal(await window.page.evaluate(() => navigator.clipboard.readText()), '1A2B3C4D');
  });

  it('choose weekdays from a list', async () => {
    await window.runCommand('Nuki: Convert Value…');
    await window.choose('Choose Days…');
    await window.choose('Monday');
    await window.choose('Thursday');
    await window.page.keyboard.press('Enter');
    await window.choose(/^72/);
    await window.statusItem(/Copied 72/).waitFor();
  });

  it('turn a clock into the UTC of the API, in the zone of the devices or another', async () => {
    await window.runCommand('Nuki: Convert Value…');
    await window.typeInput('2027-06-16 10:30');
    await window.option(/^2027-06-16T08:30:00\.000Z.*Europe\/Berlin/).waitFor();
    await window.pressButtonOfOption(/^2027-06-16T08:30/, 'Use Another Time Zone…');
    await window.typeInput('America/New_York');
    await window.choose(/America\/New_York/);
    await window.choose(/^2027-06-16T14:30:00\.000Z/);
    await window.statusItem(/Copied 2027-06-16T14:30:00\.000Z/).waitFor();
  });

  it('start from the selection, and replace it by the button of a result', async () => {
    await openText(window, '9:00 AM');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.runCommand('Nuki: Convert Value…');
    await window.pressButtonOfOption(/^540/, 'Replace the Selection');
    await waitForText(window, '540');
  });

  it('convert several selections, each for itself', async () => {
    await openText(window, '09:00\n17:30');
    await window.page.keyboard.press('ControlOrMeta+A');
    await window.page.keyboard.press('Shift+Alt+I'); // a cursor at the end of each line
    await window.page.keyboard.press('Shift+Home');
    await window.runCommand('Nuki: Convert Value…');
    await window.pressButtonOfOption(/^540, 1050/, 'Replace 2 Selections');
    await waitForText(window, '540', '1050');
  });

  it('generate a keypad code, and put it at the cursor', async () => {
    await openText(window, '');
    await window.runCommand('Nuki: Generate Keypad Code…');
    const shown = window.option(/^[1-9]{6}/).first();
    const code = (await shown.innerText()).trim();
    await window.pressButtonOfOption(code, 'Insert at the Cursor');
    await waitForText(window, code);
  });

  it('check the signature of a webhook, and say what the editor did to its body', async () => {
    // Signed by Python's hmac.
    const body = '{"feature":"DEVICE_STATUS","smartlockId":17179869184,"state":{"state":1}}';
    const signature = 'd97b14713a88c3b2e55407775df07f2c02f710812aa194cef021d20cfdc03836';
    await openText(window, `${body}\n`);
    await window.runCommand('Nuki: Check Webhook Signature…');
    await window.choose('Whole File');
    await window.typeInput('abc');
    await window.inputMessage.getByText(/^A signature has 64 digits, or 40 in the second header/).waitFor();
    await window.fillInput(`X-Nuki-Signature-SHA256: ${signature}`);
    await window.inputMessage.getByText(/^The webhook's secret, or the client secret/).waitFor();
    assert.equal(await window.quickInput.locator('input[type=password]').count(), 1);
    await window.fillInput('the secret of a webhook');
    await window.notification(/^The body fits without its last line break/).waitFor();
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
