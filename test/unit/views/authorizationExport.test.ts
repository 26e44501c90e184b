import assert from 'node:assert/strict';
import * as v from 'valibot';
import { inEnglish } from '../../../src/base/say.ts';
import type { DeviceState } from '../../../src/model/store.ts';
import { exportOf } from '../../../src/views/authorizationExport.ts';
import { authorization, lock } from '../devices.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const reader = { say: inEnglish, language: 'en', now };

const stateOf = (smartlockId: number, ...names: readonly string[]): DeviceState => ({
  accountId: '7',
  device: lock({ smartlockId }),
  seenAt: now,
  authorizations: {
    items: names.map((name) => authorization({ id: `${smartlockId}-${name}`, smartlockId, name })),
    unreadable: [],
    readAt: now,
  },
});
const states = [
  stateOf(1, 'Anna', 'Ben'),
  stateOf(2),
  { ...stateOf(3), authorizations: undefined },
  stateOf(4, 'Cleo'),
];

async function textOf(kind: 'csv' | 'json', of: readonly DeviceState[] = states): Promise<string> {
  const made = await exportOf(of, kind, (id) => `Door ${id}`, reader);
  return new TextDecoder().decode(made?.bytes);
}

describe('an export of authorizations', () => {
  it('is a list of JSON, as everybody writes it', async () => {
    const text = await textOf('json');
    const entries: unknown = JSON.parse(text);
    assert.equal(text, `${JSON.stringify(entries, undefined, 2)}\n`);
    assert.deepEqual(
      v
        .parse(v.array(v.looseObject({})), entries)
        .map((entry) => ['device', 'name', 'status', 'timeZone'].map((column) => entry[column])),
      [
        ['Door 1', 'Anna', 'active', 'Europe/Berlin'],
        ['Door 1', 'Ben', 'active', 'Europe/Berlin'],
        ['Door 4', 'Cleo', 'active', 'Europe/Berlin'],
      ],
    );
  });

  it('is rows of CSV below one heading', async () => {
    const [heading = '', ...rows] = (await textOf('csv')).trimEnd().split('\r\n');
    assert.match(heading, /^"device","smartlockId","name",/);
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 3)),
      [
        ['"Door 1"', '"1"', '"Anna"'],
        ['"Door 1"', '"1"', '"Ben"'],
        ['"Door 4"', '"4"', '"Cleo"'],
      ],
    );
  });

  it('counts its entries, and has no code', async () => {
    assert.equal((await exportOf(states, 'csv', String, reader))?.count, 3);
    assert.equal((await exportOf([], 'csv', String, reader))?.count, 0);
    assert.ok(!(await textOf('json')).includes('593817'));
  });

  it('is none where it was stopped', async () => {
    assert.equal(await exportOf(states, 'csv', String, reader, AbortSignal.abort()), undefined);
  });
});
