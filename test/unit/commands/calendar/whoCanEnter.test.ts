import assert from 'node:assert/strict';
import { askWhoCanEnter } from '../../../../src/commands/calendar/whoCanEnter.ts';
import { CommandError } from '../../../../src/commands/commandError.ts';
import { NukiError } from '../../../../src/nuki/http/errors.ts';
import { demoToken } from '../../../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../../../src/simulator/demo/demoDevices.ts';
import { idOf } from '../../../../src/views/tree/nodes.ts';
import { accountId } from '../../model/fakes.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

const row = idOf({ kind: 'account', accountId });

/** Asks for the moment `typed` in the demo home. @returns the list that answers, if there is one, and what is revealed then */
async function asked(account: TestAccount, typed: string | undefined) {
  const revealed: string[] = [];
  user.picks.length = 0;
  user.type = () => typed;
  const reveal = (id: string): Promise<void> => Promise.resolve(void revealed.push(id));
  await account.advanceUntil(askWhoCanEnter(row, servicesFor(account.store, account.simulator.clock, { reveal })));
  return { list: user.picks[0], revealed };
}

/** The id of the code Family at the front door. */
function familyId({ store }: TestAccount): string {
  const { authorizations } = store.device({ accountId, smartlockId: frontDoor }) ?? {};
  return authorizations?.items.find(({ name }) => name === 'Family')?.id ?? '';
}

/** The rows under each door of a list, with what stands beside them. */
function linesOf(list: (typeof user.picks)[number] | undefined): readonly string[] {
  return (list?.items ?? []).map(({ label, ...item }) => {
    const { description = '', kind } = item as { description?: string; kind?: number };
    return kind === undefined ? `${label}: ${description}` : `# ${label}`;
  });
}

describe('Who Can Enter at…', () => {
  it('says who, with what, who may and how many cannot, door by door', async () => {
    const account = await TestAccount.open();
    const { list } = await asked(account, '2026-11-25 12:00');
    assert.equal(list?.title, 'Who can enter at Wed, 25 Nov 2026, 12:00?');
    const lines = linesOf(list);
    const partOf = (heading: string): readonly string[] => {
      const start = lines.indexOf(`# ${heading}`);
      const end = lines.findIndex((line, at) => at > start && line.startsWith('# '));
      return lines.slice(start, end);
    };
    assert.deepEqual(partOf('Front Door · Wed, 25 Nov 2026, 12:00 in Berlin').slice(1), [
      'Anna Berger: app',
      'Ben Berger: app',
      'Family: keypad code',
      "Ben's Fob: fob",
      "6 others can't enter: 2 at other times · 2 disabled · 1 expired · 1 upcoming",
    ]);
    const [, ...unsure] = partOf('Guest House · not certain');
    assert.equal(unsure.length, 1);
    assert.match(unsure[0] ?? '', /^Guest Ida: keypad code · not yet confirmed · 24–29 Nov/);
  });

  it('reads the account once, and asks for nothing before a moment is typed', async () => {
    const account = await TestAccount.open();
    const before = account.requests.length;
    await asked(account, undefined);
    assert.equal(account.requests.length, before);
    await asked(account, '15:00');
    assert.deepEqual(account.requests.slice(before).toSorted(), ['GET /account/user', 'GET /smartlock/auth/paged']);
  });

  it('reveals what is chosen, and copies all of it', async () => {
    const account = await TestAccount.open();
    const { list, revealed } = await asked(account, 'now');
    assert.ok(list);
    const family = list.items.find(({ label }) => label === 'Family');
    assert.ok(family);
    list.activeItems = [family];
    list.accept();
    assert.deepEqual(revealed, [
      idOf({ kind: 'authorization', accountId, smartlockId: frontDoor, id: familyId(account) }),
    ]);
    user.clipboard = '';
    list.pressButton();
    while (user.clipboard === '') await new Promise(setImmediate);
    assert.match(
      user.clipboard,
      /^Who can enter now\?\n\nFront Door · Mon, 23 Nov 2026, 13:00 in Berlin\n {2}Anna Berger: app\n/,
    );
    assert.match(user.clipboard, /\n\nTerrace · Mon, .*\n {2}Family: keypad code\n/s);
  });

  it('refuses what is no moment, and says what is', async () => {
    const account = await TestAccount.open();
    const problems: (string | undefined)[] = [];
    user.type = (_, { validateInput }) => {
      problems.push(...['Sunday', 'Sunday 15:00', 'now'].map((text) => validateInput?.(text)));
      return undefined;
    };
    await askWhoCanEnter(row, servicesFor(account.store, account.simulator.clock));
    assert.match(problems[0] ?? '', /^Enter a date and a time, such as Sunday 15:00, /);
    assert.deepEqual(problems.slice(1), [undefined, undefined]);
  });

  it('fails where the authorizations were never read, and goes by what was read where Nuki cannot be reached', async () => {
    const account = await TestAccount.open();
    account.simulator.home.fault({ method: 'GET', path: /\/auth/, answer: { status: 503 }, times: 100 });
    await assert.rejects(asked(account, 'now'), CommandError);
    account.simulator.home.clearFaults();
    const { list: fresh } = await asked(account, 'now');
    assert.equal(fresh?.placeholder, 'As listed by Nuki. Choose one to show it in the sidebar.');
    account.simulator.home.fault({ method: 'GET', path: /\/auth/, answer: { status: 503 }, times: 100 });
    const { list: old } = await asked(account, 'now');
    assert.match(old?.placeholder ?? '', /^Nuki's servers have a problem \(HTTP 503\)\. Showing data from /);
    assert.deepEqual(linesOf(old), linesOf(fresh));
  });

  it('says of a dead token that it is refused, though the authorizations were read before', async () => {
    const account = await TestAccount.open();
    await asked(account, 'now');
    account.simulator.home.revoke(demoToken);
    await assert.rejects(
      asked(account, 'now'),
      new CommandError(new NukiError('tokenRefused', { status: 401 }), { accountId }),
    );
  });
});
