import assert from 'node:assert/strict';
import * as v from 'valibot';
import { inEnglish } from '../../../../../src/base/locale.ts';
import { attemptOf, type Attempt } from '../../../../../src/model/activity/attempt.ts';
import { decode } from '../../../../../src/nuki/http/decode.ts';
import { accountActivitySchema } from '../../../../../src/nuki/http/schemas.ts';
import { wallTimeAt } from '../../../../../src/nuki/time/zonedTime.ts';
import { activityExport } from '../../../../../src/views/text/export/activityExport.ts';
import { lock } from '../../../devices.ts';

const locale = { t: inEnglish, language: 'en' };
const berlin = 37;
const stJohns = 17;

function attempt(fields: Readonly<Record<string, unknown>> = {}): Attempt {
  const json = {
    id: 'aa',
    smartlockId: 1,
    action: 3,
    trigger: 255,
    state: 0,
    source: 1,
    autoUnlock: false,
    name: 'Guest Weber',
    authId: 'bb',
    accountUserId: 7,
    date: '2026-10-25T00:30:05.700Z',
    ...fields,
  };
  return attemptOf(decode(accountActivitySchema, json), 4);
}

async function exported(
  attempts: readonly Attempt[],
  { format = 'json', zone = berlin }: { format?: 'csv' | 'json'; zone?: number | undefined } = {},
): Promise<string> {
  const device = zone === undefined ? undefined : lock({ config: { timezoneId: zone } });
  const { content } = await activityExport(format, attempts, () => ({ device, name: 'Front Door' }), locale);
  return new TextDecoder().decode(content);
}

async function firstOf(attempts: readonly Attempt[], zone?: number): Promise<Readonly<Record<string, unknown>>> {
  const [first = {}] = v.parse(
    v.array(v.looseObject({})),
    JSON.parse(await exported(attempts, { zone: zone ?? berlin })),
  );
  return first;
}

describe('an export of the activity', () => {
  it('tells when by the clock of the lock, whose zone it names, and as an instant', async () => {
    assert.deepEqual(await firstOf([attempt()]), {
      device: 'Front Door',
      smartlockId: 1,
      time: '2026-10-25 02:30:05',
      timeZone: 'Europe/Berlin',
      date: '2026-10-25T00:30:05.700Z',
      action: 'unlatch',
      kind: 'opened',
      outcome: 'done',
      result: 'success',
      name: 'Guest Weber',
      accountUserId: 7,
      authId: 'bb',
      trigger: 'keypad',
      source: 'keypad code',
      autoUnlock: false,
      id: 'aa',
    });
  });

  it('tells the hour that comes twice twice, and is right about offsets of half an hour', async () => {
    const later = await firstOf([attempt({ date: '2026-10-25T01:30:05.700Z' })]);
    assert.deepEqual([later['time'], later['date']], ['2026-10-25 02:30:05', '2026-10-25T01:30:05.700Z']);
    for (const zone of [berlin, stJohns, 31, 23]) {
      for (const date of ['2026-03-08T05:29:59.000Z', '2026-03-29T01:00:00.000Z', '2026-04-04T16:30:00.000Z']) {
        const { time, timeZone } = await firstOf([attempt({ date })], zone);
        const wall = wallTimeAt(Date.parse(date), String(timeZone));
        assert.equal(String(time).slice(0, 16), `${wall.date} ${wall.time}`);
      }
    }
  });

  it('tells no time by a clock that is not known, and none of an entry without a date', async () => {
    const noZone = await firstOf([attempt()], 65_535);
    assert.deepEqual(
      [noZone['time'], noZone['timeZone'], noZone['date']],
      [undefined, undefined, '2026-10-25T00:30:05.700Z'],
    );
    const undated = await firstOf([attempt({ date: 'soon' })]);
    assert.deepEqual([undated['time'], undated['timeZone'], undated['date']], [undefined, 'Europe/Berlin', undefined]);
  });

  it('calls an attempt what it was, and has no code that someone typed', async () => {
    const refused = await firstOf([attempt({ state: 224, trigger: 253, name: 'Code 593817', error: 'code 593817' })]);
    assert.deepEqual([refused['outcome'], refused['result']], ['refused', 'invalid code']);
    assert.doesNotMatch(JSON.stringify(refused), /593817/);
    const failed = await firstOf([attempt({ state: 1 })]);
    assert.deepEqual([failed['outcome'], failed['result']], ['failed', 'motor blocked']);
    const unknown = await firstOf([attempt({ state: null })]);
    assert.deepEqual([unknown['outcome'], unknown['result']], ['unknown', '–']);
  });

  it('runs no formula in a spreadsheet', async () => {
    const rows = (
      await exported([attempt({ name: '=HYPERLINK("x")', id: '+1', authId: '@a' })], { format: 'csv' })
    ).split('\r\n');
    assert.match(rows[0] ?? '', /^"device","smartlockId","time","timeZone","date","action",/);
    assert.match(rows[1] ?? '', /"'=HYPERLINK\(""x""\)"/);
    assert.match(rows[1] ?? '', /"'@a"/);
    assert.match(rows[1] ?? '', /"'\+1"$/);
  });
});
