import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as v from 'valibot';
import {
  columnFields,
  doorFields,
  entryFields,
  fileFields,
  sourceFields,
  type Field,
} from '../../../../src/access/file/accessFields.ts';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { accessFileSchema, accessJsonSchema, schemaPath } from './accessSchema.ts';
import { accessFile } from './drawnFiles.ts';

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);

const words = [
  '',
  'front',
  'code',
  'Mon–Fri',
  '9:00-17:00',
  '15:00',
  '2027-06-16 15:00',
  'a@example.com',
  'x'.repeat(201),
];
const anything = fc.oneof(
  fc.constantFrom<unknown>(...words, 1, 0, -1, 1.5, 1e20, 2_000, true, null, [], {}, ['front']),
  fc.jsonValue({ maxDepth: 1 }),
);

/** What has some fields right, and some drawn. */
function like(
  fields: Readonly<Record<string, Field>>,
  right: Readonly<Record<string, unknown>>,
): fc.Arbitrary<unknown> {
  const drawn = fc.dictionary(fc.constantFrom(...Object.keys(fields), 'other'), anything, { maxKeys: 2 });
  return fc.oneof(
    { weight: 9, arbitrary: drawn.map((others) => ({ ...right, ...others })) },
    { weight: 1, arbitrary: anything },
  );
}

const front = like(doorFields, { id: 1, name: 'Front' });
const entry = like(entryFields, { key: 'a', name: 'A', doors: ['front'], by: 'code' });
const columns = like(columnFields, { id: 'Id', arrival: 'From', departure: 'To' });
const source = columns.chain((each) => like(sourceFields, { doors: ['front'], columns: each }));
const drawnFile = fc.record({ front, entries: fc.array(entry, { maxLength: 1 }), source }).chain((parts) =>
  like(fileFields, {
    version: 1,
    doors: { front: parts.front },
    access: parts.entries,
    bookings: { flat: parts.source },
  }),
);

describe('The JSON Schema of access files', () => {
  it('is what is published; npm run renew:accessSchema makes it so', () => {
    assert.deepEqual(JSON.parse(readFileSync(schemaPath, 'utf8')), JSON.parse(JSON.stringify(accessJsonSchema())));
  });

  it('describes each field', () => {
    const published = readFileSync(schemaPath, 'utf8');
    for (const fields of [fileFields, doorFields, entryFields, sourceFields, columnFields]) {
      for (const [name, { description }] of Object.entries(fields)) {
        assert.ok(published.includes(JSON.stringify(description)), name);
      }
    }
  });

  it(`refuses nothing that is read without a problem, seed ${seed}`, () => {
    let refused = 0;
    fc.assert(
      fc.property(drawnFile, (drawn) => {
        const text = JSON.stringify(drawn);
        const hasError = parseAccessFile(text).problems.some(({ severity }) => severity === 'error');
        if (v.is(accessFileSchema, JSON.parse(text))) return;
        refused += 1;
        assert.ok(hasError, text);
      }),
      { seed, numRuns: 300 },
    );
    assert.ok(refused > 50);
  });

  it(`takes every file that is written, seed ${seed}`, () => {
    fc.assert(
      fc.property(accessFile, (file) => {
        assert.ok(v.is(accessFileSchema, JSON.parse(accessFileText(file, 'json'))));
      }),
      { seed, numRuns: 100 },
    );
  });
});
