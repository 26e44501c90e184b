import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FormModel, Message } from '../../src/webview/protocol.ts';
import { conflict, create, draft, edit, previewOfTrouble, progress } from './model.ts';
import { openForm, themeNames, type FormPage } from './page.ts';
import themes from './themes.json' with { type: 'json' };

const forNewPerson: FormModel = {
  ...create,
  draft: { ...draft, credential: 'app', person: { name: 'Eva', email: 'eva@example.org' }, from: null, hours: null },
};

/** What the page can show, each reached from the one before. */
const states: readonly [name: string, messages: readonly Message[]][] = [
  ['create', []],
  ['edit', [{ name: 'show', body: edit }]],
  ['a new person', [{ name: 'show', body: forNewPerson }]],
  [
    'problems',
    [
      { name: 'refused', body: previewOfTrouble },
      { name: 'failed', body: 'Nuki could not be reached. Nothing was sent.' },
    ],
  ],
  ['nothing to send', [{ name: 'informed', body: 'No changes to save.' }]],
  ['progress', [{ name: 'progress', body: progress }]],
  ['conflict', [{ name: 'conflict', body: conflict }]],
];

describe('the look of the form', function () {
  this.timeout(60_000);

  for (const theme of themeNames) {
    it(`leaves axe-core nothing to find in the theme ${theme}`, async () => {
      const form = await openForm({ theme });
      const findings: string[] = [];
      for (const [name, messages] of states) {
        for (const message of messages) await form.tell(message);
        await form.settles();
        findings.push(...(await form.findings()).map((finding) => `${name}: ${finding}`));
      }
      await form.close();
      assert.deepEqual(findings, []);
    });
  }

  it('takes its colours from VS Code alone, and each from one that VS Code has', () => {
    const style = readFileSync('src/webview/page/form.css', 'utf8');
    const used = new Set(style.match(/--vscode-[\w-]+/g));
    const known = new Set(Object.values(themes).flatMap(({ variables }) => Object.keys(variables)));
    assert.deepEqual(
      [...used].filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(style.match(/#[0-9a-f]{3,8}\b(?! *\{)|\b(rgb|hsl)a?\(/gi), null);
  });

  it('has the preview beside the form, and below it where there is no room; nothing is cut off', async () => {
    const form = await openForm({ preview: previewOfTrouble });
    assert.ok((await boxOf(form, '.preview')).x > (await boxOf(form, 'form')).x);
    for (const width of [700, 320]) {
      await form.page.setViewportSize({ width, height: 900 });
      const [fields, preview] = [await boxOf(form, 'form'), await boxOf(form, '.preview')];
      assert.ok(preview.y > fields.y + fields.height - 1, `${width} pixels`);
      const overflow = await form.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide for ${width}`);
    }
    await form.close();
  });

  it('draws when the door opens, from midnight to midnight', async () => {
    const form = await openForm();
    const bars = form.page.locator('.week li').nth(5).locator('.open');
    const drawn = await bars.evaluateAll((all) => all.map((bar) => [bar.getAttribute('x'), bar.getAttribute('width')]));
    assert.deepEqual(drawn, [
      ['0', '360'],
      ['1320', '120'],
    ]);
    await form.close();
  });

  it('turns nothing for those who want no motion', async () => {
    for (const reducedMotion of [false, true]) {
      const form = await openForm({ reducedMotion });
      await form.tell({ name: 'progress', body: progress });
      const name = await form.page.locator('.sign.working').evaluate((sign) => getComputedStyle(sign).animationName);
      assert.equal(name, reducedMotion ? 'none' : 'turn');
      await form.close();
    }
  });
});

async function boxOf(form: FormPage, selector: string) {
  const box = await form.page.locator(selector).boundingBox();
  assert.ok(box, selector);
  return box;
}
