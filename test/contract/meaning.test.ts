import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldAt } from '../../src/apiHelp/fieldAt.ts';
import { inEnglish } from '../../src/base/translate.ts';
import { fields as explainedFields } from '../../src/apiHelp/fields.ts';
import { interpretationsOf } from '../../src/apiHelp/meaning.ts';
import { missing, readSpecification, sharedFolder } from './spec.ts';

const samples = join(sharedFolder, 'samples');

/** Fields whose prose names codes of another field. */
const aboutOthers = new Set(['accountUserId']);

/** The words for a field's value in an object of JSON, as somebody sees them who points at it. */
function wordsFor(json: object, field: string, value: number): readonly string[] {
  const text = JSON.stringify(json, undefined, 2);
  const at = text.lastIndexOf(`"${field}": `) + field.length + 4;
  const found = fieldAt(text, text.indexOf(String(value), at));
  assert.ok(found?.field.name === field && found.field.value === value, `${field} ${value} was not found in ${text}`);
  const locale = { t: inEnglish, language: 'en', now: 0 };
  return interpretationsOf(found, 'nuki.json', locale).map(({ words }) => words);
}

/** The codes that a prose explains, for all device types or for some: `type=0/3/4: 1 .. locked; type=2: 1 .. online`. */
function explainedIn(prose: string): readonly { readonly types: readonly number[]; readonly code: number }[] {
  const parts = prose.split(/type=((?:\d\/)*\d):/);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [];
    const types = index === 0 ? [0] : (parts[index - 1] ?? '').split('/').map(Number);
    const explained = [
      ...part.matchAll(/(?<![\w.=<])(0x[\dA-F]+|\d+)(?= *\.\.| [a-z])[^,]*?(?:\(type=(\d) only|,|$)/g),
    ];
    return explained.map(([, code, only]) => ({
      types: only === undefined ? types : [Number(only)],
      code: Number(code),
    }));
  });
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

function checkTheSpecification(): void {
  const specification = readSpecification();
  for (const [schema, fields] of specification.fields()) {
    for (const field of fields) {
      const prose = specification.prose(schema, field);
      const [usual = '', tapToUnlock = ''] =
        schema === 'SmartlockLog' && field === 'state' ? prose.split('\n') : [prose];
      if (!/\d *\.\./.test(prose) || aboutOthers.has(field)) continue;
      it(`${schema}.${field} has words for each code that is explained`, () => {
        const without = explainedIn(usual).flatMap(({ types, code }) =>
          types
            .map((type) => objectOf(schema, fields, field, code, type))
            .filter((object) => !isClear(schema, wordsFor(object, field, code)))
            .map(() => code),
        );
        assert.deepEqual(without, []);
        for (const { code } of explainedIn(tapToUnlock.split(': ')[1] ?? '')) {
          const entry = { ...objectOf(schema, fields, field, code, 5), source: 3, trigger: 253 };
          assert.equal(wordsFor(entry, field, code).length, 1, `tap to unlock ${code}`);
        }
      });
    }
  }

  it('the bits of the doorbell suppression have words', () => {
    assert.match(specification.prose('Smartlock.OpenerAdvancedConfig', 'doorbellSuppression'), /first bit.*third bit/);
    for (let mask = 0; mask < 8; mask += 1) {
      const config = { openerAdvancedConfig: { doorbellSuppression: mask } };
      assert.equal(wordsFor(config, 'doorbellSuppression', mask).length, 1);
    }
  });
}

/** The rows of a table of the guide, which begins with `head`; a cell that says N/A has no meaning. */
function rowsOf(head: string, row: RegExp): readonly RegExpExecArray[] {
  const lines = readFileSync(join(sharedFolder, 'concepts.txt'), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(head));
  const rows = lines.slice(start + 1).map((line) => row.exec(line));
  const end = rows.indexOf(null);
  return rows.slice(0, end).filter((found) => found !== null);
}

function checkTheGuide(): void {
  for (const [head, field, columns] of [
    ['modeSmart', 'mode', [4, 2]],
    ['stateSmart', 'state', [4, 2]],
    ['triggerSmart', 'trigger', [3, 2]],
    ['lastActionSmart', 'lastAction', [4, 2]],
    ['doorStateSmart', 'doorState', [4]],
    ['ActionSmart', 'action', [4, 2, 1]],
  ] as const) {
    it(`"${field}" of the guide has words for each code`, () => {
      const rows = rowsOf(head, /^(\d+?)((?:N\/A|[“”"A-Z]).*)$/);
      assert.ok(rows.length >= 5, head);
      const without = rows.flatMap(([, digits = '', cells = '']) => {
        const code = Number(digits);
        // A Smart Door has what the guide marks with a star.
        const types: readonly number[] = cells.includes('*') ? [3, ...columns.slice(1)] : columns;
        const empty = types.map((_, column) =>
          column === 0 ? cells.startsWith('N/A') : cells.endsWith('N/A'.repeat(types.length - column)),
        );
        return types
          .filter((_, column) => empty[column] === false)
          .filter((type) => {
            const device = { type, serverState: 0 };
            const object =
              field === 'action'
                ? { ...device, held: { action: code, option: 0 } }
                : { ...device, state: { [field]: code } };
            return wordsFor(object, field, code).length !== 1;
          })
          .map((type) => `${code} of type ${type}`);
      });
      assert.deepEqual(without, []);
    });
  }

  it('each device type of the guide has words', () => {
    for (const [, type] of rowsOf('typeDevice', /^(\d)([A-Z].*)$/)) {
      assert.equal(wordsFor({ serverState: 0, type: Number(type) }, 'type', Number(type)).length, 1);
    }
  });

  it('each weekday of the guide has its word', () => {
    const rows = rowsOf('WeekdayBitmask', /^([A-Z][a-z]+)([01]{8})(\d+)$/);
    assert.equal(rows.length, 7);
    for (const [, day = '', , value] of rows) {
      assert.deepEqual(wordsFor({ allowedWeekDays: Number(value) }, 'allowedWeekDays', Number(value)), [
        day.slice(0, 3),
      ]);
    }
  });

  it('each time zone of the guide has its name', () => {
    const rows = rowsOf('IDTime', /^(\d+)([A-Za-z]+\/\w+?)(UTC.*)$/);
    assert.equal(rows.length, 4);
    for (const [, id, name = ''] of rows) {
      assert.match(wordsFor({ timezoneId: Number(id) }, 'timezoneId', Number(id))[0] ?? '', new RegExp(`^${name}, `));
    }
  });
}

/** Ids that the samples leave out, and a value that real devices send and Nuki explains nowhere. */
const notExplained = new Set(['"smartlockId": 0', '"lmType": 0']);

/** What nobody points at in vain: every number of a published payload under a name that we know. */
function checkTheSamples(): void {
  for (const name of readdirSync(samples).filter((file) => file.endsWith('.json'))) {
    it(`${name} is read, number by number`, () => {
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
}

describe("What somebody reads who points at a value, and Nuki's own explanations", () => {
  if (missing === undefined) {
    describe('of the OpenAPI', checkTheSpecification);
    describe('of the guide', checkTheGuide);
    describe('of payloads', checkTheSamples);
  } else it(missing);
});
