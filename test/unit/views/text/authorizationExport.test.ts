import assert from 'node:assert/strict';
import * as v from 'valibot';
import { inEnglish } from '../../../../src/base/translate.ts';
import { AuthorizationExport } from '../../../../src/views/text/authorizationExport.ts';
import { authorization, lock } from '../../devices.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const locale = { t: inEnglish, language: 'en', now };

const home = [1, 2, 4].map((smartlockId) => ({ device: lock({ smartlockId }), name: `Door ${smartlockId}` }));
const named = (smartlockId: number, name: string) => authorization({ id: `${smartlockId}-${name}`, smartlockId, name });
const pages = [[named(1, 'Anna'), named(1, 'Ben'), named(3, 'Of no device that is known')], [], [named(4, 'Cleo')]];

/** The export of these pages, and what it has written. */
async function exportOf(kind: 'csv' | 'json', of = pages): Promise<{ count: number; text: string }> {
  const written: string[] = [];
  const made = new AuthorizationExport(
    kind,
    ({ smartlockId }) => home.find(({ device }) => device.smartlockId === smartlockId),
    locale,
    async (text) => void written.push(text),
  );
  for (const items of of) await made.take({ items });
  await made.end();
  return { count: made.count, text: written.join('') };
}

describe('an export of authorizations', () => {
  it('is a list of JSON, as everybody writes it', async () => {
    const { text } = await exportOf('json');
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
    const [heading = '', ...rows] = (await exportOf('csv')).text.trimEnd().split('\r\n');
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
    assert.equal((await exportOf('csv')).count, 3);
    assert.equal((await exportOf('csv', [])).count, 0);
    assert.ok(!(await exportOf('json')).text.includes('593817'));
  });

  it('of nothing is an empty list, or a heading alone', async () => {
    assert.deepEqual(JSON.parse((await exportOf('json', [])).text), []);
    assert.match((await exportOf('csv', [])).text, /^"device",[^\n]*\r\n$/);
  });
});
