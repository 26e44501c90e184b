import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { exportActivity } from '../../../../src/commands/activity/exportActivity.ts';
import { AccountActivity } from '../../../../src/model/activity/accountActivity.ts';
import { everything } from '../../../../src/model/activity/accountFilter.ts';
import { Store } from '../../../../src/model/store.ts';
import { LogServer, type LogJson } from '../../model/activity/logServer.ts';
import { accountId } from '../../model/fakes.ts';
import { user } from '../../vscodeStandIn.ts';
import { servicesFor } from '../services.ts';

/** A window in which the activity is exported. */
function windowWith(entries: number, saveAs: (offered: string) => string | undefined, fields: LogJson = {}) {
  const log = Array.from({ length: entries }, (_, ago) => ({
    id: `${entries - ago}`,
    smartlockId: 1,
    action: 1,
    ...fields,
  }));
  const server = new LogServer(log);
  const source = {
    client: () => Promise.resolve(server.client()),
    nukiNow: () => server.clock.now(),
    typeOf: () => 4,
  };
  const activity = new AccountActivity(source, everything);
  const services = servicesFor(new Store(server.clock), server.clock);
  Object.assign(user, { saveAs, onProgress: () => undefined, cancel: () => undefined });
  for (const list of [user.offeredFiles, user.seen]) list.length = 0;
  user.files.clear();
  return { server, activity, run: () => exportActivity(activity, accountId, services) };
}

const said = (): readonly string[] => user.seen.map(({ text }) => text);

describe('an export of the activity', () => {
  it('is offered to be saved by its date, not in the opened folder, and reads nothing unless it is', async () => {
    const { server, run } = windowWith(120, () => undefined);
    await run();
    const date = new Date(server.clock.now()).toLocaleDateString('sv');
    assert.deepEqual(user.offeredFiles, [`${homedir()}/nuki-activity-${date}.csv`]);
    assert.deepEqual([server.queries.length, user.files.size], [0, 0]);
  });

  it('reads on to the end of the log, and says how many entries the file has', async () => {
    const { activity, run } = windowWith(120, (offered) => offered.replace('.csv', '.json'));
    await activity.readOn(1);
    await run();
    const [[path, text] = ['', '']] = [...user.files];
    assert.match(path, /\.json$/);
    const exported: unknown = JSON.parse(text);
    assert.equal(Array.isArray(exported) && exported.length, 120);
    assert.deepEqual(said(), ['Exported 120 entries.']);
  });

  it('writes nothing when it is cancelled, and what was read stays', async () => {
    const { activity, server, run } = windowWith(500, (offered) => offered);
    server.onAnswer = () => server.queries.length === 3 && user.cancel();
    await run();
    assert.deepEqual([user.files.size, said().length, activity.rows.length], [0, 0, 150]);
  });

  it('says that the file is not complete where the log was not read whole', async () => {
    const { server, run } = windowWith(10, (offered) => offered);
    server.overlap = 50;
    server.log = [...server.log, { id: 'x', smartlockId: 1 }];
    await run();
    assert.deepEqual(said(), [
      'Exported 10 entries. The file is not complete: older entries may be missing. Not exported because unreadable: 1.',
    ]);
  });
});
