import { activitySchema, authorizationSchema, smartlockSchema } from '../../src/nuki/http/schemas.ts';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { decode, decodeList } from '../../src/nuki/http/decode.ts';
import { batteryWarnings, phaseOfDevice } from '../../src/nuki/smartlock.ts';
import { missing, sharedFolder } from './spec.ts';

const folder = join(sharedFolder, 'samples');
const fields = v.record(v.string(), v.unknown());

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** A published payload with ids where its poster wrote 0. */
function withIds(list: unknown, first: number): unknown {
  return v.parse(v.array(fields), list).map((element, index) => ({ ...element, smartlockId: first + index }));
}

/** How each sample is read, and what is known of it. */
const checks: Readonly<Record<string, (sample: unknown) => void>> = {
  'smartlock-type4-gladys-2025.json': (sample) => {
    const { items, unreadable } = decodeList(smartlockSchema, sample, 'smartlockId');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(items.map(phaseOfDevice), ['secure']);
    assert.deepEqual(items.map(batteryWarnings), [[]]);
  },
  'smartlock-type0-and-opener-iobroker249-2022.json': (sample) => {
    const { items, unreadable } = decodeList(smartlockSchema, withIds(sample, 1), 'smartlockId');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(items.map(phaseOfDevice), ['open', 'unknown']);
    // As they were published, with ids of 0, they are not shown as devices.
    assert.equal(decodeList(smartlockSchema, sample, 'smartlockId').items.length, 0);
  },
  'state-doorsensor-hass_nuki_ng45-2022.json': (sample) => {
    const device = decode(smartlockSchema, { ...v.parse(fields, sample), smartlockId: 1, type: 0, name: 'a' });
    assert.equal(device.state?.doorState, 2);
  },
  'auth-keypad-selected-fields-pms34-2026.json': (sample) => {
    const { id, enabled, allowedUntilDate } = decode(authorizationSchema, sample);
    assert.match(id, /^[0-9a-f]{24}$/);
    assert.equal(enabled, true);
    assert.equal(allowedUntilDate, '2026-09-23T07:00:00.000Z');
  },
  'log-door-open-close-openhab-2022.json': (sample) => {
    const { items, unreadable } = decodeList(activitySchema, sample, 'id');
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      items.map(({ action }) => action),
      [241, 240],
    );
  },
};

describe('Published payloads', () => {
  if (missing !== undefined) {
    it(missing);
    return;
  }
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    it(`${name} is understood`, () => {
      const check = checks[name];
      assert.ok(check, 'there is no check for this sample');
      check(read(name));
    });
  }
});
