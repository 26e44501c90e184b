import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { redact } from '../../../src/base/redact.ts';

const token = 'a1b2c3d4e5f6.0718-29_3a4b5c6d7e8f9091';
const tokens = fc.string({
  unit: fc.constantFrom(...'abcXYZ019._-~+/="\\ äß'.split('')),
  minLength: 8,
  maxLength: 64,
});

describe('redact', () => {
  const spellings: readonly [name: string, spell: (secret: string) => string][] = [
    ['plain', (secret) => secret],
    ['in a URL', (secret) => `https://x.test/?t=${encodeURIComponent(secret)}&x=1`],
    ['in JSON', (secret) => JSON.stringify({ anything: `among ${secret} others` })],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ];
  for (const [name, spell] of spellings) {
    it(`takes a live secret out ${name}`, () => {
      fc.assert(
        fc.property(tokens, fc.string(), (secret, text) => {
          const spelt = spell(secret);
          const shown = redact(`${text} ${spelt} ${text}`, [secret]);
          const core = spelt.replace(/=+$/, '');
          assert.ok(!shown.includes(core) || text.includes(core), shown);
        }),
      );
      assert.ok(!redact(`before ${spell(token)} after`, [token]).includes(token));
    });
  }

  it('takes every secret out whole, also where one begins like another', () => {
    assert.equal(redact('longer-secret-of-two', ['longer-secret', 'longer-secret-of-two']), '***');
  });

  it('an empty or tiny secret does not eat the text', () => {
    assert.equal(redact('the front door', ['', 'e', 'the']), 'the front door');
  });

  const hiding: readonly [what: string, text: string, shown: string][] = [
    ['an unknown bearer token', 'Authorization: Bearer abc.def-ghi_jkl', 'Authorization: Bearer ***'],
    ['a bearer token after more than a space', 'Bearer \t abcdefgh', 'Bearer ***'],
    ['a bearer token in JSON', '{"authorization":"bearer abcdefgh"}', '{"authorization":"Bearer ***"}'],
    ['a code in JSON', '{"name":"x","code":593817}', '{"name":"x","code":***}'],
    ['a code as text', '{"code": "593817", "a":1}', '{"code": ***, "a":1}'],
    ['a code in JSON in JSON', '"{\\"code\\":593817}"', '"{\\"code\\":***}"'],
    ['a code as Node prints it', "{ code: '593817', type: 13 }", '{ code: ***, type: 13 }'],
    ['a code in a query', 'PUT /auth?code=593817&x=1', 'PUT /auth?code=***&x=1'],
    ['an admin PIN', '{"adminPin":1234}', '{"adminPin":***}'],
    ['a keypad code under another name', 'keypadCode: 593817', 'keypadCode: ***'],
    ['a code under a name of several words', 'front_door_code=593817', 'front_door_code=***'],
    ['a token field', 'token=abcdefgh', 'token=***'],
    ['a mail address', 'for <anna.berger+nuki@mail.example.com>.', 'for <***>.'],
    ['coordinates', '{"latitude":47.0707,"longitude":-15.4395}', '{"latitude":***,"longitude":***}'],
    ['coordinates as text', '{"latitude":"47.0707"}', '{"latitude":***}'],
    ['coordinates as Node prints them', "{ latitude: '47.0707, 15.4395' }", '{ latitude: *** }'],
    ['coordinates with spaces', 'longitude = 15.4', 'longitude = ***'],
    ['coordinates in JSON in JSON', '{\\"longitude\\":15.4}', '{\\"longitude\\":***}'],
  ];
  for (const [what, text, shown] of hiding) {
    it(`hides ${what}`, () => assert.equal(redact(text), shown));
  }

  it('leaves what is no secret', () => {
    for (const text of [
      'confirmed: Front door',
      'unexpectedAnswer 200 3.smartlockId',
      'rateLimited 429',
      'decode: 3 of 5 unreadable',
      'mapping: 3',
    ]) {
      assert.equal(redact(text, [token]), text);
    }
  });

  it('is done with a long text in no time', () => {
    const before = process.cpuUsage();
    for (const unit of ['a', '"', '\\', 'a@', 'code', 'Bearer ', 'pin:'])
      redact(unit.repeat(Math.ceil(20_000 / unit.length)));
    assert.ok(process.cpuUsage(before).user < 2_000_000);
  });
});
