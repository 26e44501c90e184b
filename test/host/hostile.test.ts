import assert from 'node:assert/strict';
import * as v from 'valibot';
import { MarkdownString, StatusBarAlignment, window, type TreeItem } from 'vscode';
import { createConfirm } from '../../src/commands/actions/confirm.ts';
import { pickDevice } from '../../src/commands/pick.ts';
import { NukiError } from '../../src/nuki/http/errors.ts';
import { Report } from '../../src/report.ts';
import { demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import { exportOf } from '../../src/views/text/export/authorizationExport.ts';
import { deviceName } from '../../src/views/text/deviceText.ts';
import { Hovers } from '../../src/views/hover/hovers.ts';
import { StatusBar } from '../../src/views/statusBarItem.ts';
import { describeError } from '../../src/views/text/errorText.ts';
import { hostileTexts } from '../pages/hostileTexts.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { allBelow, treeOfHome } from './testTree.ts';

// Everything that can be named has a hostile name; what VS Code is given to show is caught where it is given.

const texts = [
  ...hostileTexts,
  '$(lock)',
  '\\$(zap) locked',
  '=HYPERLINK("https://evil.example")',
  '@SUM(A1)',
  '\u0000\r\n\t',
  '\uFFF9Front\uFFFADoor\uFFFB', // of the characters that only format, some have a shape where they are not known
];

/** What a surface gives a meaning to, beside what may be shown nowhere. */
type Meaning = 'line' | 'lines' | 'icons' | 'links' | 'csv' | 'markdown';

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/** All that a hover may have beside text: what it begins with, icons, links to commands of ours about a row, a rule. */
const ourMarkdown =
  /^\*\*|\*\*(?= · |$|  \n)|^\$\([a-z~-]+\) |\[(?=(?:[^[\]\\]|\\.)+\]\(command:)|\]\(command:nuki\.[\w.]+\?%5B%22[\w%-]+%22%5D\)|^---$/gm;

/** Text for which Markdown has no meaning: a sign is escaped or written as a number. */
const plainMarkdown = /^(?:[^\\`*_{}[\]()#+!<>&@:=$.~|-]|\\[^\w\s]|&#\d+;|&nbsp;)*$/;

function findings(text: string, meaning: Meaning): readonly string[] {
  const lines = ['lines', 'markdown'].includes(meaning)
    ? text.split('\n')
    : meaning === 'csv'
      ? text.split('\r\n')
      : [text];
  return [
    ...(lines.some((line) => invisible.test(line)) ? ['invisible'] : []),
    ...(meaning === 'icons' && text.replace(/^\$\([a-z~-]+\) /, '').includes('$(') ? ['icon'] : []),
    ...(meaning === 'links' && /\]\(|command:/i.test(text) ? ['link'] : []),
    ...(meaning === 'markdown' && !text.split('\n').every((one) => plainMarkdown.test(one.replaceAll(ourMarkdown, '')))
      ? ['markdown']
      : []),
    ...(meaning === 'csv' && /(^|,)"\s*[=+\-@]/m.test(text) ? ['formula'] : []),
  ];
}

class Surfaces {
  readonly names = new Set<string>();
  readonly wrong: string[] = [];
  shown = 0;

  take(name: string, text: unknown, meaning: Meaning): void {
    assert.equal(typeof text, 'string', name);
    this.names.add(name);
    this.shown += 1;
    this.wrong.push(...findings(String(text), meaning).map((what) => `${what} in ${name}: ${JSON.stringify(text)}`));
  }

  hover(name: string, tooltip: TreeItem['tooltip']): void {
    if (tooltip instanceof MarkdownString) this.take(`hover of ${name}`, tooltip.value, 'markdown');
    else if (tooltip !== undefined) this.take(`hover of ${name}`, tooltip, 'lines');
  }

  row(name: string, { label, description, tooltip, accessibilityInformation }: TreeItem): void {
    this.take(`label of ${name}`, label, 'line');
    if (description) this.take(`description of ${name}`, description, 'line');
    this.hover(name, tooltip);
    this.take(`spoken ${name}`, accessibilityInformation?.label, 'line');
  }
}

/** A home in which everything is called `text`. */
function homeCalled(text: string, clock: FakeClock): SimulatedHome {
  const options = demoHomeOptions(clock, 7);
  const [first] = options.devices;
  assert.ok(first);
  const [authorization] = first.authorizations ?? [];
  const [entry] = first.log ?? [];
  assert.ok(authorization && entry);
  return new SimulatedHome({
    ...options,
    account: { ...options.account, name: text },
    devices: [
      {
        ...first,
        listed: { ...first.listed, name: text },
        authorizations: [{ ...authorization, name: text }],
        log: [{ ...entry, name: text }],
      },
    ],
  });
}

/** Runs `work` while a way of VS Code to show something is listened to and answers `undefined`. */
async function catching(
  way: 'showWarningMessage' | 'showInformationMessage' | 'showQuickPick',
  take: (...given: readonly unknown[]) => void,
  work: () => Promise<unknown>,
): Promise<void> {
  const original: unknown = window[way];
  Object.assign(window, { [way]: (...given: readonly unknown[]) => Promise.resolve(take(...given)) });
  try {
    await work();
  } finally {
    Object.assign(window, { [way]: original });
  }
}

describe('hostile texts', function () {
  this.timeout(120_000);

  it('are harmless on every surface of VS Code', async () => {
    const surfaces = new Surfaces();
    for (const text of texts) await show(text, surfaces);
    const { wrong, names, shown } = surfaces;
    assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} findings in ${shown} texts that were shown`);
    assert.ok(texts.length >= 200, `only ${texts.length} texts`);
    assert.ok(names.size >= 12, `only ${names.size} surfaces`);
  });

  it('would be found where they do harm', () => {
    assert.deepEqual(findings('Front gnp.\u202Erood', 'line'), ['invisible']);
    assert.deepEqual(findings('$(lock) $(zap)', 'icons'), ['icon']);
    assert.deepEqual(findings('[x](command:y)', 'links'), ['link']);
    for (const active of [
      '[x](command:nuki.device.unlock)',
      '&lt;',
      '<b>',
      'https://evil',
      'a@b',
      '$(zap)',
      '**x',
      '=',
      '1.',
    ]) {
      assert.deepEqual(findings(`**Front**  \n$(lock) ${active}`, 'markdown'), ['markdown'], active);
    }
    const harmless = '**Front** · Lock  \n$(lock) locked\n\n[Lock](command:nuki.device.lock?%5B%22account%2F7%22%5D)';
    assert.deepEqual(findings(harmless, 'markdown'), []);
    assert.deepEqual(findings('"a","=1"\r\n', 'csv'), ['formula']);
  });
});

async function show(text: string, surfaces: Surfaces): Promise<void> {
  const clock = new FakeClock();
  const { store, tree, renderContext, client, unlatchSupport } = treeOfHome(homeCalled(text, clock), clock);
  store.setSources([{ id: '7', label: text, simulated: false, client: () => Promise.resolve(client) }]);
  await store.refresh('7');
  await store.readAuthorizations({ accountId: '7', smartlockId: frontDoor });
  await store.readActivity({ accountId: '7', smartlockId: frontDoor });
  const look = (id: string): TreeItem => tree.resolveTreeItem(tree.getTreeItem(id), id);
  const device = `account/7/device/${frontDoor}`;
  surfaces.row('account', look('account/7'));
  surfaces.row('device', look(device));
  for (const id of await allBelow({ tree, store }, `${device}/authorizations`)) surfaces.row('authorization', look(id));
  for (const id of await tree.getChildren(`${device}/activity`)) surfaces.row('activity', look(id));

  const state = store.device({ accountId: '7', smartlockId: frontDoor }) ?? assert.fail();
  const name = deviceName(state.device, [state], renderContext());
  await showQuestions(name, { store, renderContext, unlatchSupport, state }, surfaces);
  showStatusBar({ store, renderContext, unlatchSupport }, surfaces);
  const { items } = state.authorizations ?? assert.fail();
  const { content } = await exportOf('csv', items, () => ({ device: state.device, name }), renderContext());
  surfaces.take('exported CSV', new TextDecoder().decode(content), 'csv');
  tree.dispose();
}

type Shown = Pick<ReturnType<typeof treeOfHome>, 'store' | 'renderContext' | 'unlatchSupport'>;

async function showQuestions(
  name: string,
  { store, renderContext, state }: Shown & { state: NonNullable<ReturnType<Shown['store']['device']>> },
  surfaces: Surfaces,
): Promise<void> {
  const modal = (message: unknown, options: unknown): void => {
    surfaces.take('message of a question', message, 'line');
    surfaces.take('detail of a question', v.parse(v.object({ detail: v.string() }), options).detail, 'lines');
  };
  const ask = createConfirm(store, renderContext, new FakeClock());
  await catching('showWarningMessage', modal, () => ask({ state, action: 'unlock', offline: true, doorOpen: false }));

  const picks = (given: unknown): void => {
    assert.ok(Array.isArray(given));
    for (const { label, description = '' } of given) {
      surfaces.take('label of a choice', label, 'icons');
      surfaces.take('description of a choice', description, 'icons');
    }
  };
  await catching('showQuickPick', picks, () => pickDevice(undefined, { store, renderContext }, 'Unlock'));

  const channel = window.createOutputChannel('Hostile', { log: true });
  channel.info = (line) => surfaces.take('line of the log', line, 'line');
  const report = new Report(channel, () => []);
  const sentence = describeError(new NukiError('notFound'), { account: name, device: name }, renderContext());
  const notification = (message: unknown): void => surfaces.take('notification', message, 'links');
  await catching('showWarningMessage', notification, () => Promise.resolve(report.warn(sentence)));
  await catching('showInformationMessage', notification, () => Promise.resolve(report.inform(sentence)));
  report.dispose();
}

function showStatusBar({ store, renderContext, unlatchSupport }: Shown, surfaces: Surfaces): void {
  const { createStatusBarItem } = window;
  const item = createStatusBarItem('hostile', StatusBarAlignment.Left);
  Object.assign(window, { createStatusBarItem: () => item });
  const bar = new StatusBar(
    store,
    () => ({ accountId: '7', smartlockId: frontDoor }),
    renderContext,
    (ref) => new Hovers(store, unlatchSupport, renderContext).of({ ...ref, kind: 'device' }),
    'nuki.statusBar.openMenu',
  );
  Object.assign(window, { createStatusBarItem });
  surfaces.take('text of the status bar', item.text, 'icons');
  assert.ok(item.tooltip instanceof MarkdownString);
  surfaces.hover('the status bar', item.tooltip);
  surfaces.take('spoken status bar', item.accessibilityInformation?.label, 'line');
  bar.dispose();
}
