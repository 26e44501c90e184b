import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { isHeldBack, ringOpenedBy } from '../../src/nuki/activityLog.ts';
import { decode, decodeList } from '../../src/nuki/http/decode.ts';
import { activitySchema, authorizationSchema, smartlockSchema } from '../../src/nuki/http/schemas.ts';
import { partsWithCriticalBattery, phaseOfDevice } from '../../src/nuki/smartlock.ts';

/** Published responses of the real API, with invented names, ids and places. */
const folder = join(import.meta.dirname, '../fixtures/samples');
const fields = v.record(v.string(), v.unknown());

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** A published list with ids where its author wrote 0. */
function withIds(list: unknown, first: number): unknown {
  return v.parse(v.array(fields), list).map((element, index) => ({ ...element, smartlockId: first + index }));
}

/** How each sample is read, and what is known of it. */
const checks: Readonly<Record<string, (sample: unknown) => void | Promise<void>>> = {
  'smartlock-type-4.json': async (sample) => {
    const { items, unreadable } = await decodeList(smartlockSchema, sample, 'smartlockId');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(items.map(phaseOfDevice), ['secure']);
    assert.deepEqual(items.map(partsWithCriticalBattery), [[]]);
  },
  'smartlock-type-0-and-opener.json': async (sample) => {
    const { items, unreadable } = await decodeList(smartlockSchema, withIds(sample, 1), 'smartlockId');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(items.map(phaseOfDevice), ['open', 'unknown']);
    // As they were published, with ids of 0, they are not shown as devices.
    assert.equal((await decodeList(smartlockSchema, sample, 'smartlockId')).items.length, 0);
  },
  'state-with-door-sensor.json': (sample) => {
    const device = decode(smartlockSchema, { ...v.parse(fields, sample), smartlockId: 1, type: 0, name: 'a' });
    assert.equal(device.state?.doorState, 2);
  },
  'authorization-of-keypad.json': (sample) => {
    const { id, enabled, allowedUntilDate } = decode(authorizationSchema, sample);
    assert.match(id, /^[0-9a-f]{24}$/);
    assert.equal(enabled, true);
    assert.equal(allowedUntilDate, '2026-09-23T07:00:00.000Z');
  },
  'log-of-door-sensor.json': async (sample) => {
    const { items, unreadable } = await decodeList(activitySchema, sample, 'id');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      items.map(({ action }) => action),
      [241, 240],
    );
  },
  'log-of-auto-unlock.json': async (sample) => {
    const { items, unreadable } = await decodeList(activitySchema, sample, 'id');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(items.map(isHeldBack), [true, false, false]);
  },
  'log-of-opener.json': async (sample) => {
    const { items, unreadable } = await decodeList(activitySchema, sample, 'id');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      items.map((entry) => [entry.openerLog?.activeRto, ringOpenedBy(entry)]),
      [
        [false, undefined],
        [false, undefined],
      ],
    );
  },
};

describe('Published responses', () => {
  it('each have a check', () => assert.deepEqual(readdirSync(folder).toSorted(), Object.keys(checks).toSorted()));

  for (const [name, check] of Object.entries(checks)) {
    it(`${name} is understood`, () => check(read(name)));
  }
});
