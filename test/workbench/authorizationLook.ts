import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Theme } from '../vscode/page.ts';
import tried from '../pages/themes.json' with { type: 'json' };
import type { AuthorizationHome } from './authorizationHome.ts';

declare const axe: typeof import('axe-core');
const axeCore = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** With what VS Code calls their colours in a page, and the colours with which the pages are tried in all themes. */
const themes: readonly { readonly theme: Theme; readonly kind: string; readonly colors: keyof typeof tried }[] = [
  { theme: 'Default Dark Modern', kind: 'vscode-dark', colors: 'darkModern' },
  { theme: 'Default Light Modern', kind: 'vscode-light', colors: 'lightModern' },
  { theme: 'Default High Contrast', kind: 'vscode-high-contrast', colors: 'highContrast' },
  { theme: 'Default High Contrast Light', kind: 'vscode-high-contrast-light', colors: 'highContrastLight' },
];

/** The look of the form in the window. */
export function describeLook(given: () => AuthorizationHome): void {
  it('leaves axe-core nothing to find', async () => {
    const home = given();
    const { form, window } = home;
    await window.closeAllEditors();
    await home.openForm('Front Door', 'New Authorization…');
    await form.limitDates('From', '2027-06-16', '10:30');
    await form.limitHours('09:00', '17:00');
    await form.frame.locator('.week').waitFor();
    assert.deepEqual(await findings(home), [], 'filled in');
    await form.send('Create on Front Door');
    await form.problem('name').waitFor();
    await form.problem('code').waitFor();
    assert.deepEqual(await findings(home), [], 'with problems');
    await form.fill('Name', 'Axe Guest');
    await form.generateCode();
    await form.summary.getByText('Axe Guest can open Front Door with').waitFor();
    await form.send('Create on Front Door');
    await form.progress('Front Door').waitFor();
    assert.deepEqual(await findings(home), [], 'in progress');
  });

  it('has the colors with which the pages are tried', async () => {
    const home = given();
    const { form, window } = home;
    await window.closeAllEditors();
    await home.openForm('Front Door', 'New Authorization…');
    for (const { theme, kind, colors } of themes) {
      await window.setTheme(theme);
      const page = form.frame
        .locator('html')
        .filter({ has: form.frame.locator(`body[data-vscode-theme-kind="${kind}"]`) });
      const { variables } = tried[colors];
      const shown = await page.evaluate(
        ({ style }, names) => Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])),
        Object.keys(variables),
      );
      assert.deepEqual(shown, variables, theme);
    }
  });
}

/** What axe-core finds wrong in the page of the form, with the places. */
async function findings({ window }: AuthorizationHome): Promise<readonly string[]> {
  const frames = window.page.frames();
  const marked = await Promise.all(
    frames.map(async (frame) => ((await frame.$('body[data-panel]')) ? frame : undefined)),
  );
  const page = marked.find((frame) => frame !== undefined);
  assert.ok(page, 'the page of the form was not found');
  await page.evaluate(axeCore);
  return await page.evaluate(async () => {
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
