import assert from 'node:assert/strict';
import { safeText } from '../../src/base/safeText.ts';
import { demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import type { HomeOptions } from '../../src/simulator/home.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { hostileTexts } from '../pages/hostileTexts.ts';
import { AuthorizationHome } from './authorizationHome.ts';
import { closeAll } from './windows.ts';
import { fastClock } from './clock.ts';

/** What Markdown would make something else of. */
const markdownTexts = [
  '[open](command:nuki.device.unlock) ![x](https://evil.example)',
  '$(trash) \\$(zap) `code` **bold** _it_ ~~no~~ one\ntwo\\',
  '<b>bold</b> &lt;i&gt; &#35; # head - item 1. one > quote | a | b',
  'https://evil.example www.evil.example a@evil.example',
  '<https://evil.example> <a href="https://evil.example">x</a>',
];

/** The demo's home, its first authorizations, its people and its devices named by attackers. */
function hostileHome(): Partial<HomeOptions> {
  const { devices, users = [] } = demoHomeOptions(fastClock, 11);
  const [person] = users;
  const [door] = devices;
  assert.ok(person && door);
  const [authorization] = door.authorizations ?? [];
  assert.ok(authorization);
  return {
    users: hostileTexts.map((text, index) => ({
      ...person,
      accountUserId: 2_000_000 + index,
      name: text,
      email: `${text}@example.com`,
    })),
    devices: devices.map((device, index) => ({
      ...device,
      listed: { ...device.listed, name: device === door ? 'Front Door' : (hostileTexts[index] ?? '') },
      authorizations:
        device === door
          ? [...hostileTexts, ...markdownTexts].map((name, place) => ({
              ...authorization,
              name,
              id: place.toString(16).padStart(24, '0'),
            }))
          : (device.authorizations ?? []),
    })),
  };
}

describe('hostile names and errors in the window', () => {
  let home: AuthorizationHome;
  const reports: string[] = [];

  before(async () => {
    home = await AuthorizationHome.open({ home: hostileHome() });
    home.window.page.on('console', (message) => {
      if (/Content Security Policy|hostileRan/i.test(message.text())) reports.push(message.text());
    });
  });

  after(closeAll);

  it(`${hostileTexts.length} of them are text in the tree`, async () => {
    const { window } = home;
    await window.widenSidebar(560);
    await window.page.setViewportSize({ width: 1280, height: 6_000 });
    await window.expand('Front Door');
    const rows = window.sidebar.locator('.monaco-list-row[aria-level="5"]');
    await window.page.waitForFunction(
      (count) => document.querySelectorAll('.part.sidebar .monaco-list-row[aria-level="5"]').length >= count,
      hostileTexts.length + markdownTexts.length,
    );
    const shown = (await rows.locator('.label-name').allInnerTexts()).map(plain);
    const expected = [...hostileTexts, ...markdownTexts].map((text) => plain(safeText(text) || '(no name)'));
    assert.deepEqual(shown.toSorted(), expected.toSorted());
    assert.equal(await rows.locator('a[href]:not([href=""]), img, iframe, script').count(), 0);
  });

  it('and in the hovers of rows, which link to commands of ours alone', async () => {
    const { window } = home;
    for (const text of markdownTexts) {
      const name = safeText(text);
      const row = window.rows.filter({ has: window.page.getByText(name, { exact: true }) });
      const hover = await window.hoverOf(row.first(), name);
      assert.equal(plain(await hover.locator('strong').innerText()), plain(name));
      const links = await hover.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('data-href')));
      assert.deepEqual(
        links.map((link) => /^command:(nuki\.authorization\.\w+)\?%5B%22account%2F[\w%]+%22%5D$/.exec(link ?? '')?.[1]),
        ['nuki.authorization.edit', 'nuki.authorization.disable'],
      );
      const foreign =
        'strong *, p:first-child a, img, iframe, script, code, em, del, h1, h2, ul, ol, blockquote, table';
      assert.equal(await hover.locator(foreign).count(), 0, name);
    }
  });

  it('and in the form, where they run nothing, link nowhere and load nothing', async () => {
    const { form, window } = home;
    await window.page.setViewportSize({ width: 1280, height: 800 });
    await home.openForm('Front Door', 'New Authorization…');
    await form.choose('App user');
    const people = await form.frame.locator('#person option').allInnerTexts();
    assert.equal(people.length, hostileTexts.length + 2);
    const [first, ...devices] = (await form.frame.locator('.device label').allInnerTexts()).map(plain);
    assert.match(first ?? '', /^Front Door/); // the favourite
    const names = hostileTexts.slice(1, devices.length + 1).map((text) => plain(safeText(text)));
    for (const name of names)
      assert.ok(
        devices.some((device) => device.startsWith(name)),
        name,
      );
    assert.equal(await form.frame.locator('main').locator('a, img, iframe, script, object, embed, style').count(), 0);
  });

  it('and in an error, of which nothing is shown', async () => {
    const { form, nuki } = home;
    await form.choose('Keypad code');
    await form.fill('Name', 'Guest Weber');
    await form.generateCode();
    await form.summary.getByText('Guest Weber can open Front Door with').waitFor();
    const body = { detailMessage: hostileTexts.join(' ') };
    nuki.home.fault({ method: 'PUT', answer: { status: 400, body } });
    await form.send('Create on Front Door');
    await form.alert.filter({ hasText: 'Nuki rejected the request (HTTP 400). Nothing was done.' }).waitFor();
    assert.doesNotMatch(await form.alert.innerText(), /[<>]/);
    assert.equal(home.onLock(frontDoor, 'Guest Weber'), undefined);
  });

  it('and nothing of it has run or was reported by a content security policy', async () => {
    for (const frame of home.window.page.frames()) {
      assert.equal(await frame.evaluate(() => 'hostileRan' in globalThis), false, frame.url());
    }
    assert.deepEqual(reports, []);
  });
});

/** Blanks of any kind as one blank: rows are drawn so. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
