import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldAt } from '../../src/apiHelp/fieldAt.ts';
import { inEnglish } from '../../src/base/locale.ts';
import { fields as explainedFields } from '../../src/apiHelp/fields.ts';
import { interpretationsOf } from '../../src/apiHelp/meaning.ts';
import guide from '../fixtures/nuki-guide.json' with { type: 'json' };
import timeZones from '../fixtures/timezones.json' with { type: 'json' };
import { Specification } from './specification.ts';

const samples = join(import.meta.dirname, '../fixtures/samples');

/** The words for a field's value in an object of JSON, as the user sees them who points at it. */
function wordsFor(json: object, field: string, value: number): readonly string[] {
  const text = JSON.stringify(json, undefined, 2);
  const at = text.lastIndexOf(`"${field}": `) + field.length + 4;
  const found = fieldAt(text, text.indexOf(String(value), at));
  assert.ok(found?.field.name === field && found.field.value === value, `${field} ${value} was not found in ${text}`);
  const locale = { t: inEnglish, language: 'en', now: 0 };
  return interpretationsOf(found, 'nuki.json', locale).map(({ meaning }) => meaning);
}

/** An object as the API sends it, of a device type, with `field` being `value`. */
function objectOf(schema: string, fields: readonly string[], field: string, value: number, type: number): object {
  const own = Object.fromEntries(fields.map((name) => [name, /^(type|deviceType)$/.test(name) ? type : 0]));
  const [outer, part] = schema.split('.');
  if (schema === 'SmartlockAction') return { type, serverState: 0, body: { ...own, [field]: value } };
  if (part === undefined) return { ...own, [field]: value };
  const holder = part.charAt(0).toLowerCase() + part.slice(1);
  const device = outer === 'Smartlock' ? { type, serverState: 0 } : { deviceType: type, autoUnlock: false };
  return { ...device, [holder]: { ...own, [field]: value } };
}

/** One reading; what has to do with no device may be read as something else too. */
function isClear(schema: string, readings: readonly string[]): boolean {
  return schema.startsWith('Smartlock') ? readings.length === 1 : readings.length > 0;
}

describe('What the user reads who points at a number', () => {
  const specification = new Specification();

  for (const { schema, field } of specification.fields()) {
    const codes = specification.codesOf(schema, field);
    if (codes.length === 0) continue;
    it(`has words for each code of ${schema}.${field} in the OpenAPI`, () => {
      const unread = codes.filter(({ code, where: { type = 0, ...others } }) => {
        const object = { ...objectOf(schema, specification.fieldsOf(schema), field, code, type), ...others };
        const ofKeypad = schema === 'SmartlockLog' && field === 'source' ? { ...object, trigger: 255 } : object;
        return !isClear(schema, wordsFor(ofKeypad, field, code));
      });
      assert.deepEqual(unread, []);
    });
  }

  it('has words for the bits of the doorbell suppression', () => {
    const { bits = 0 } = specification.field('Smartlock.OpenerAdvancedConfig', 'doorbellSuppression');
    assert.equal(bits, 3);
    for (let mask = 0; mask < 2 ** bits; mask += 1) {
      const config = { openerAdvancedConfig: { doorbellSuppression: mask } };
      assert.equal(wordsFor(config, 'doorbellSuppression', mask).length, 1);
    }
  });

  const deviceTypes: Readonly<Record<string, readonly number[]>> = guide.deviceTypes;
  for (const [field, codesByDevice] of Object.entries(guide.codes)) {
    it(`has words for each code of "${field}" in the guide`, () => {
      for (const [device, codes] of Object.entries(codesByDevice)) {
        for (const type of deviceTypes[device] ?? assert.fail(device)) {
          for (const code of codes) {
            const part = field === 'action' ? { held: { action: code, option: 0 } } : { state: { [field]: code } };
            const words = wordsFor({ type, serverState: 0, ...part }, field, code);
            assert.equal(words.length, 1, `${field} ${code} of device type ${type}`);
          }
        }
      }
    });
  }

  it('has words for each device type of the guide', () => {
    for (const type of Object.values(deviceTypes).flat()) {
      assert.equal(wordsFor({ serverState: 0, type }, 'type', type).length, 1, `${type}`);
    }
  });

  it('has the name of each weekday of the guide', () => {
    for (const [day, value] of Object.entries(guide.weekdays)) {
      assert.deepEqual(wordsFor({ allowedWeekDays: value }, 'allowedWeekDays', value), [day.slice(0, 3)]);
    }
  });

  it('has the name of each time zone', () => {
    for (const { id, zone } of timeZones) {
      assert.ok(wordsFor({ timezoneId: id }, 'timezoneId', id)[0]?.startsWith(`${zone}, `), zone);
    }
  });

  // Ids that the samples leave out, and a value that real devices send and Nuki explains nowhere.
  const notExplained = new Set(['"smartlockId": 0', '"lmType": 0']);

  for (const name of readdirSync(samples)) {
    it(`has words for each number of ${name} under a name that we know`, () => {
      const text = readFileSync(join(samples, name), 'utf8');
      const locale = { t: inEnglish, language: 'en', now: 0 };
      const numbers = [...text.matchAll(/"(\w+)": *(\d+)(?=\s*[,}\n])/g)].filter(([, field = '']) =>
        Object.hasOwn(explainedFields, field),
      );
      assert.ok(numbers.length > 0);
      const unread = numbers.flatMap(({ 0: pair, index }) => {
        const found = fieldAt(text, index + 2);
        return (found && interpretationsOf(found, name, locale).length > 0) || notExplained.has(pair) ? [] : [pair];
      });
      assert.deepEqual(unread, []);
    });
  }
});
