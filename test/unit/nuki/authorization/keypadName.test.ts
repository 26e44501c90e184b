import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keypadName, nameBytes } from '../../../../src/nuki/authorization/keypadName.ts';

describe('the name that a keypad holds', () => {
  for (const [name, held] of [
    ['Guest Weber', 'Guest Weber'],
    ['PIN for guest99@example.com', 'PIN for guest99@exam'],
    ['Frau Müller-Lüdenscheid', 'Frau Müller-Lüdens'],
    ['Guest of the Villa M', 'Guest of the Villa M'],
    ['Guest of the house 12', 'Guest of the house 1'],
    ['The family from next door', 'The family from next'],
    ['🔑'.repeat(6), '🔑'.repeat(5)],
    ['Guest of Zoe\u0308 Zoe\u0308 x', 'Guest of Zoe\u0308 Zoe\u0308'],
    ['Seventeen letters👨‍👩‍👧', 'Seventeen letters'],
    ['👨‍👩‍👧‍👦', '👨‍👩‍👧'],
    ['', ''],
  ] as const) {
    it(`of "${name}" is "${held}"`, () => assert.equal(keypadName(name), held));
  }

  it('never has more than 20 bytes, is the beginning of the name, and is empty for no name that can be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const held = keypadName(name);
        assert.ok(nameBytes(held) <= 20 && name.startsWith(held));
        assert.ok(held !== '' || name.slice(0, 20).trim() === '' || name === '');
        if (nameBytes(name) <= 20) assert.equal(held, name);
      }),
      { numRuns: 2_000 },
    );
  });
});
