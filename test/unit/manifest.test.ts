import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { actionCommandId, allCommandIds } from '../../src/commands/ids.ts';
import { offeredActions } from '../../src/nuki/smartlock.ts';
import { actions, isActionName } from '../../src/nuki/vocabulary/kinds.ts';
import { doneSteps } from '../../src/views/walkthrough.ts';
import { lock } from './devices.ts';

const menuItem = v.object({
  command: v.optional(v.string()),
  submenu: v.optional(v.string()),
  when: v.optional(v.string()),
  group: v.optional(v.string()),
});

const schema = v.looseObject({
  version: v.string(),
  engines: v.object({ vscode: v.string() }),
  main: v.string(),
  activationEvents: v.array(v.string()),
  extensionKind: v.array(v.string()),
  capabilities: v.object({ untrustedWorkspaces: v.object({ supported: v.string(), description: v.string() }) }),
  dependencies: v.record(v.string(), v.string()),
  devDependencies: v.record(v.string(), v.string()),
  keywords: v.array(v.string()),
  contributes: v.looseObject({
    commands: v.array(
      v.object({
        command: v.string(),
        title: v.string(),
        category: v.string(),
        icon: v.optional(v.string()),
        enablement: v.optional(v.string()),
      }),
    ),
    menus: v.record(v.string(), v.array(menuItem)),
    viewsWelcome: v.array(v.object({ view: v.string(), contents: v.string(), when: v.string() })),
    keybindings: v.array(
      v.object({
        command: v.string(),
        args: v.optional(v.object({ commands: v.array(v.string()) })),
        key: v.string(),
        mac: v.string(),
        when: v.string(),
      }),
    ),
    walkthroughs: v.array(
      v.object({
        steps: v.array(
          v.object({
            media: v.object({ image: v.record(v.string(), v.string()), altText: v.string() }),
            completionEvents: v.array(v.string()),
          }),
        ),
      }),
    ),
    configuration: v.object({
      title: v.string(),
      properties: v.record(
        v.string(),
        v.looseObject({ scope: v.string(), description: v.string(), order: v.number(), default: v.unknown() }),
      ),
    }),
  }),
});

const root = join(import.meta.dirname, '../..');
const readText = (name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = v.parse(schema, JSON.parse(readText('package.json')));
const words = v.parse(v.record(v.string(), v.string()), JSON.parse(readText('package.nls.json')));
const { commands, menus, configuration } = manifest.contributes;
const actionNames = Object.keys(actions).filter(isActionName);
const ourCommands: readonly string[] = allCommandIds;
const titleOf = (command: string): string => {
  const title = commands.find((entry) => entry.command === command)?.title ?? '';
  return words[title.slice(1, -1)] ?? '';
};

/** Whether the menu of a row that has the words `viewItem` has an entry with this `when` clause. */
function isShown(when: string | undefined, viewItem: string): boolean {
  const [, pattern = ''] = /viewItem =~ \/(.*)\//.exec(when ?? '') ?? [];
  return new RegExp(pattern).test(viewItem);
}

describe('the manifest', () => {
  it('declares exactly the commands that the code registers', () => {
    assert.deepEqual(commands.map(({ command }) => command).toSorted(), ourCommands.toSorted());
  });

  it('offers in its menus nothing that is no command', () => {
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command } of items) {
        if (command !== undefined) assert.ok(ourCommands.includes(command), `${menu} offers ${command}`);
      }
    }
  });

  it('has each action in the menu of a row, looked for as a whole word of the row', () => {
    const ofRows = ['view/item/context', 'nuki.more'].flatMap((menu) => menus[menu] ?? []);
    for (const action of actionNames) {
      const items = ofRows.filter(({ command }) => command === actionCommandId(action));
      assert.ok(
        items.some(({ group }) => group?.startsWith('1_action')),
        action,
      );
      for (const { when } of items) assert.match(when ?? '', new RegExp(`viewItem =~ /\\\\b${action}\\\\b/`));
    }
  });

  it('refreshes every account from the title of the sidebar, and what it is called on from a row', () => {
    const refreshIn = (menu: string) =>
      new Set((menus[menu] ?? []).map(({ command }) => command).filter((command) => command?.includes('refresh')));
    assert.deepEqual(refreshIn('view/title'), new Set(['nuki.devices.refreshAll']));
    assert.deepEqual(refreshIn('view/item/context'), new Set(['nuki.devices.refresh']));
  });

  it('has in the palette what needs no row, and nothing else', () => {
    const whenOf = new Map((menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const inPalette = commands.map(({ command }) => command).filter((command) => whenOf.get(command) !== 'false');
    const always = inPalette.filter((command) => !whenOf.has(command)).map(titleOf);
    const withDevices = inPalette.filter((command) => whenOf.get(command) === 'nuki.hasDevices').map(titleOf);
    assert.deepEqual(always.toSorted(), [
      'Add Account…',
      'Check Webhook Signature…',
      'Convert Value…',
      'Copy Diagnostics',
      'Generate Keypad Code…',
      'Show Log',
      'Start Simulated Web API',
    ]);
    assert.deepEqual(withDevices.toSorted(), [
      'Activate Ring to Open…',
      'Check Token',
      'Copy Request…',
      'Create Access File…',
      'Deactivate Ring to Open',
      'Delete Expired Authorizations…',
      'Export Authorizations…',
      'Lock',
      'Lock All…',
      'New Authorization…',
      'Open Door…',
      'Refresh',
      'Show Access Calendar',
      'Show Activity',
      'Show Who Holds a Token',
      'Show in Status Bar…',
      'Unlatch…',
      'Unlock…',
      'Who Can Enter at…',
    ]);
    const aboutFile = inPalette.filter((command) => /resourceFilename|hasAccessPlan/.test(whenOf.get(command) ?? ''));
    assert.deepEqual(aboutFile.map(titleOf).toSorted(), [
      'Add Bookings to Access File…',
      'Adopt Authorization…',
      'Apply Access Plan…',
      'Plan Access File',
    ]);
    const atOnce = inPalette.filter((command) => whenOf.get(command) !== '!nuki.hasDemoHome');
    const withoutFile = atOnce.length - aboutFile.length;
    assert.ok(withoutFile <= 28, `${withoutFile} commands`);
  });

  it('finds nothing before "Lock" and "Unlock" in the palette, which sorts by title', () => {
    const whenOf = new Map((menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const titles = commands
      .filter(({ command }) => whenOf.get(command) !== 'false')
      .map((each) => titleOf(each.command));
    for (const [query, first] of [
      ['lock', 'Lock'],
      ['unlock', 'Unlock…'],
      ['unlatch', 'Unlatch…'],
    ] as const) {
      const found = titles.filter((title) => title.toLowerCase().includes(query));
      assert.equal(found.toSorted((one, other) => one.localeCompare(other))[0], first);
    }
  });

  it('has at most eight entries in the menu of a device', () => {
    for (const type of [0, 2, 3, 4, 5]) {
      for (const canUnlatch of [true, false]) {
        const viewItem = [
          'device',
          ...offeredActions({ ...lock(), type }, canUnlatch),
          canUnlatch ? '' : 'cannotUnlatch',
        ];
        const entries = (menus['view/item/context'] ?? []).filter(
          ({ when, group }) => !group?.startsWith('inline') && isShown(when, viewItem.join(' ')),
        );
        assert.ok(entries.length <= 8, `type ${type}: ${entries.map((each) => each.command ?? each.submenu).join()}`);
      }
    }
  });

  it('offers for several rows only what works on all of them', () => {
    const forSeveral = (menus['view/item/context'] ?? []).filter(
      ({ when, group }) => !group?.startsWith('inline') && !when?.endsWith('&& !listMultiSelection'),
    );
    const ofPerson = String.raw`viewItem =~ /\bperson\b/`; // also where one is enabled and the other one is not
    assert.deepEqual(
      forSeveral.map(({ command, when }) => [command && titleOf(command), when?.includes(ofPerson)]),
      [
        ['Enable Authorization…', true],
        ['Disable Authorization', true],
        ['Rotate Code…', true],
        ['Delete Authorization…', true],
      ],
    );
  });

  it('shows at most two inline actions on a row', () => {
    for (const rowWords of [
      ['lock', 'unlock', 'unlatch', 'lockNGo', 'lockNGoUnlatch'],
      ['open', 'activateRingToOpen', 'deactivateRingToOpen', 'activateContinuousMode', 'deactivateContinuousMode'],
      ['needsToken'],
      ['failing'],
    ]) {
      const inline = (menus['view/item/context'] ?? []).filter(
        ({ group, when }) => group?.startsWith('inline') && rowWords.some((word) => when?.includes(`\\b${word}\\b`)),
      );
      assert.ok(inline.length <= 2, rowWords.join());
    }
  });

  it('walks through steps that have a picture in each theme and that end when something is done, not when it is tried', () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.equal(steps.length, 4);
    const keys = Object.keys(doneSteps([]));
    for (const { media, completionEvents } of steps) {
      assert.deepEqual(Object.keys(media.image).toSorted(), ['dark', 'hc', 'hcLight', 'light']);
      for (const path of Object.values(media.image)) {
        assert.ok(statSync(join(root, path)).size <= 30 * 1024, `${path} has more than 30 KB`);
      }
      for (const event of completionEvents) {
        const [, key = ''] = /^onContext:nuki\.(\w+) == (now|still)$/.exec(event) ?? [];
        assert.ok(event.startsWith('onLink:') || keys.includes(key), event);
      }
    }
  });

  it('invites to add an account only where there is none, not while one is read', () => {
    const [invitation] = manifest.contributes.viewsWelcome;
    assert.deepEqual(invitation, {
      view: 'nuki.devices',
      contents: '%welcome.noAccount%',
      when: '!nuki.welcome && !nuki.hasDevices',
    });
  });

  it('is asked for in a bug report by the titles of its commands', () => {
    const report = readText('.github/ISSUE_TEMPLATE/bug.yml');
    const named = [...report.matchAll(/"Nuki: ([^"]+)"/g)].map(([, title = '']) => title);
    assert.ok(named.includes(titleOf('nuki.debugInfo.copy')));
    assert.deepEqual(
      named.filter((title) => !commands.some(({ command }) => titleOf(command) === title)),
      [],
    );
  });

  it('links to nothing but its own commands, without arguments, and to Nuki Web', () => {
    for (const text of Object.values(words)) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)]*)\)/g)) {
        const [, command] = /^command:(.+)/.exec(target) ?? [];
        const isOurs = command !== undefined && [...ourCommands, 'nuki.devices.focus'].includes(command);
        assert.ok(isOurs || target === 'https://web.nuki.io/#/pages/web-api', target);
      }
    }
  });

  it('titles commands in Title Case within one category, with an ellipsis where a question follows', () => {
    for (const { command, category } of commands) {
      assert.equal(category, 'Nuki');
      assert.match(titleOf(command), /^[A-Z]/, command);
    }
    for (const action of actionNames) {
      assert.equal(titleOf(actionCommandId(action)).endsWith('…'), !actions[action].closes, action);
    }
  });

  it('no workspace changes a setting, none is an address, and no agent or event is bound', () => {
    const settings = Object.entries(configuration.properties);
    const forbidden = ['languageModelTools', 'mcpServerDefinitionProviders', 'authentication'];
    const findings = [
      ...settings.filter(([, { scope }]) => scope !== 'application').map(([key]) => `${key} is of a workspace`),
      ...settings.filter(([key]) => /url|host|proxy/i.test(key)).map(([key]) => `${key} may be an address`),
      ...manifest.activationEvents.filter((event) => event !== 'onStartupFinished'),
      ...forbidden.filter((name) => manifest.contributes[name] !== undefined),
    ];
    assert.deepEqual(findings, []);
  });

  it('binds no key but Delete, on authorizations in the sidebar', () => {
    const bound = manifest.contributes.keybindings.map(({ command, args, key, mac }) => ({
      commands: args?.commands ?? [command],
      keys: [key, mac],
    }));
    const keys = ['delete', 'cmd+backspace'];
    assert.deepEqual(bound, [
      { commands: ['nuki.authorization.delete'], keys },
      // VS Code tells an extension which rows are selected, but not which one has the focus.
      { commands: ['list.selectAndPreserveFocus', 'nuki.authorization.delete'], keys },
    ]);
    for (const { when } of manifest.contributes.keybindings)
      assert.ok(when.startsWith('focusedView == nuki.devices && listFocus && !inputFocus && '), when);
  });

  it('leaves ids of accounts and devices out of Settings Sync', () => {
    const notSynced = Object.entries(configuration.properties).filter(([, { ignoreSync }]) => ignoreSync === true);
    assert.deepEqual(
      notSynced.map(([key]) => key),
      ['nuki.statusBar.device'],
    );
  });

  it('runs where the user is, with the chosen dependencies', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.deepEqual(Object.keys(manifest.dependencies), [
      'ical.js',
      'ky',
      'papaparse',
      'temporal-polyfill',
      'valibot',
      'yaml',
    ]);
  });

  it('works in a folder that the user does not trust, but for access files and the server that it starts in no such folder', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    const needTrust = commands.filter(({ enablement }) => enablement?.includes('isWorkspaceTrusted'));
    assert.deepEqual(
      needTrust.map(({ command }) => titleOf(command)),
      [
        'Start Simulated Web API',
        'Create Access File…',
        'Plan Access File',
        'Apply Access Plan…',
        'Add Bookings to Access File…',
        'Adopt Authorization…',
        'Take into File…',
        'Put Back…',
      ],
    );
  });

  it('asks for no newer VS Code than the typings it was checked against', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('has a version that the changelog tells of', () => {
    assert.match(readText('CHANGELOG.md'), new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\]`, 'm'));
  });
});
