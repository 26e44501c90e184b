import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { accessFileText } from '../../../../src/access/file/accessFileText.ts';
import { keyFrom } from '../../../../src/access/file/keyFrom.ts';
import { parseAccessFile } from '../../../../src/access/file/parseAccessFile.ts';
import { accessFile, inOrder } from './drawnFiles.ts';

const seed = Number(process.env['KEYTURNER_SEED'] ?? 20_261_127);

describe('accessFileText', () => {
  for (const kind of ['yaml', 'json'] as const) {
    it(`writes in ${kind} what is read again, seed ${seed}`, () => {
      fc.assert(
        fc.property(accessFile, (file) => {
          const text = accessFileText(file, kind);
          const parsed = parseAccessFile(text);
          assert.deepEqual(parsed.problems, [], text);
          assert.deepEqual(inOrder(parsed.file), inOrder(file), text);
        }),
        { seed, numRuns: 100 },
      );
    });
  }
});

describe('keyFrom', () => {
  it('makes a key of a name, and another one where it is taken', () => {
    assert.equal(keyFrom('Guest Weber', new Set()), 'guest-weber');
    assert.equal(keyFrom('Guest Weber', new Set(['guest-weber', 'guest-weber-2'])), 'guest-weber-3');
    assert.equal(keyFrom('Zoë: "Küche" #2', new Set()), 'zoe-kuche-2');
    assert.equal(keyFrom('👋', new Set()), 'entry');
  });
});
