import assert from 'node:assert/strict';
import * as v from 'valibot';
import { inEnglish } from '../../../../../src/base/locale.ts';
import { exportOf } from '../../../../../src/views/text/export/authorizationExport.ts';
import { authorization, lock } from '../../../devices.ts';
import { pendingEdit } from '../../../pendingChanges.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const locale = { t: inEnglish, language: 'en', now };

const home = [1, 2, 4].map((smartlockId) => ({ device: lock({ smartlockId }), name: `Door ${smartlockId}` }));
const named = (smartlockId: number, name: string) => authorization({ id: `${smartlockId}-${name}`, smartlockId, name });
const authorizations = [named(1, 'Anna'), named(1, 'Ben'), named(3, 'Of no device that is known'), named(4, 'Cleo')];

async function exported(kind: 'csv' | 'json', of = authorizations): Promise<{ count: number; text: string }> {
  const deviceOf = ({ smartlockId }: { smartlockId?: number | undefined }) =>
    home.find(({ device }) => device.smartlockId === smartlockId);
  const { count, content } = await exportOf(kind, of, deviceOf, locale);
  return { count, text: new TextDecoder().decode(content) };
}

function namesIn(json: string): readonly string[] {
  return v.parse(v.array(v.looseObject({ name: v.string() })), JSON.parse(json)).map(({ name }) => name);
}

describe('an export of authorizations', () => {
  it('is a list of JSON with the usual indentation', async () => {
    const { text } = await exported('json');
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
    const [heading = '', ...rows] = (await exported('csv')).text.trimEnd().split('\r\n');
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

  it('says of each whether the lock has confirmed it, and what is not seen done', async () => {
    const unused = { lockCount: 0, updateDate: null, lastActiveDate: null };
    const of = [
      authorization({ id: 'a', smartlockId: 1, name: 'Anna' }),
      authorization({ id: 'b', smartlockId: 1, name: 'Ben', ...unused }),
      authorization({ id: 'c', smartlockId: 2, name: 'Clara', ...unused }),
      authorization({ id: 'd', smartlockId: 2, name: 'Dora', updateDate: null, lockCount: 3 }),
      authorization({ id: 'e', smartlockId: 4, name: 'Emil' }),
      authorization({ id: 'f', smartlockId: 4, name: 'Fritz', operationId: 'x' }),
    ];
    const pendingChanges = [pendingEdit({ id: 'e', answer: 'unknown' })];
    const deviceOf = ({ smartlockId }: { smartlockId?: number | undefined }) => {
      const found = home.find(({ device }) => device.smartlockId === smartlockId);
      return found && { ...found, pendingChanges };
    };
    const { content } = await exportOf('json', of, deviceOf, locale);
    const entries = v.parse(v.array(v.looseObject({})), JSON.parse(new TextDecoder().decode(content)));
    assert.deepEqual(
      entries.map((entry) => [entry['name'], entry['onLock'], entry['pending']]),
      [
        ['Anna', 'confirmed', undefined],
        ['Ben', 'unconfirmed', undefined],
        ['Clara', 'unknown', undefined],
        ['Dora', 'confirmed', undefined],
        ['Emil', 'unconfirmed', 'result unknown: Nuki may or may not have accepted the change'],
        ['Fritz', 'unconfirmed', 'waiting for the lock'],
      ],
    );
  });

  it('counts its entries, and has no code', async () => {
    assert.equal((await exported('csv')).count, 3);
    assert.equal((await exported('csv', [])).count, 0);
    assert.ok(!(await exported('json')).text.includes('593817'));
  });

  it('of nothing is an empty list, or a heading alone', async () => {
    assert.deepEqual(JSON.parse((await exported('json', [])).text), []);
    assert.match((await exported('csv', [])).text, /^"device",[^\n]*\r\n$/);
  });

  it('of more than a page is one list, or has one heading', async () => {
    const many = Array.from({ length: 2_100 }, (_, index) => named([1, 3][index % 2] ?? 1, `Guest ${index}`));
    const names = namesIn((await exported('json', many)).text);
    assert.deepEqual([names.length, names.at(-1)], [1_050, 'Guest 2098']);
    const { count, text } = await exported('csv', many);
    assert.deepEqual([count, text.match(/\r\n/g)?.length, text.match(/"device"/g)?.length], [1_050, 1_051, 1]);
  });

  it('of pages without any that is of a known device has no gap', async () => {
    const strangers = Array.from({ length: 2_000 }, (_, index) => named(3, `Guest ${index}`));
    const { text } = await exported('json', [named(1, 'Anna'), ...strangers, named(1, 'Ben')]);
    assert.deepEqual(namesIn(text), ['Anna', 'Ben']);
  });
});
