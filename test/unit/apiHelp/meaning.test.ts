import assert from 'node:assert/strict';
import { fieldAt } from '../../../src/apiHelp/fieldAt.ts';
import { inEnglish } from '../../../src/base/locale.ts';
import { interpretationsOf } from '../../../src/apiHelp/meaning.ts';

const winter = Date.UTC(2027, 0, 15);

/** What the value at the `¦` of a text is read as. */
function readings(text: string, fileName = ''): readonly string[] {
  const found = fieldAt(text.replace('¦', ''), text.indexOf('¦'));
  assert.ok(found, text);
  const locale = { t: inEnglish, language: 'en', now: winter };
  return interpretationsOf(found, fileName, locale).map(({ object, meaning }) => `${object}: ${meaning}`);
}

describe('the meaning of a value', () => {
  for (const [what, text, ...meant] of [
    [
      'the type beside it',
      '{"type": 2, "serverState": 0, "state": {"state": ¦3}}',
      'Device state (Opener): ring to open active',
    ],
    [
      'the id beside it',
      '{"smartlockId": 9129696002, "state": {"state": ¦3}}',
      'Device state (Opener): ring to open active',
    ],
    ['the path of the request', 'POST /smartlock/9129696002/action\n\n{"action": ¦3}', 'Action (Opener): Open Door'],
    [
      'nothing, and so by every kind',
      '{"state": {"doorState": 2, "state": ¦3}}',
      'Device state (Smart Lock, Box, Smart Door): unlocked',
      'Device state (Opener): ring to open active',
    ],
    [
      'nothing, and so by every object',
      '{"smartlockId": 21913877581, "trigger": ¦6}',
      'Device state (Smart Lock): auto lock',
      'Log entry: auto lock',
    ],
  ] as const) {
    it(`goes by ${what}`, () => assert.deepEqual(readings(text), meant));
  }

  for (const [text, meant] of [
    ['{"smartlockId": ¦21913877581}', 'Device: Smart Lock (5th generation) · 1A2B3C4D'],
    ['{"smartlockIds": [1, ¦9129696002]}', 'Device: Opener · 202C1B02'],
    ['{"smartlockId": ¦38654705664}', 'Device: unknown kind (9) · 00000000'],
    ['{"nukiId": ¦439041101}', /^Device: 1A2B3C4D in the Bridge API/],
    ['{"allowedWeekDays": ¦124}', 'Authorization: Mon–Fri'],
    ['{"allowedWeekDays": ¦127}', 'Authorization: every day'],
    ['{"allowedFromTime": ¦540}', "Authorization: 09:00 in the lock's time zone"],
    ['{"allowedFromTime": ¦0, "allowedUntilTime": 0}', 'Authorization: all day'],
    ['{"timezoneId": ¦37}', 'Device settings: Europe/Berlin, now UTC+01:00'],
    ['{"timezoneId": ¦11}', /Mexico_City.*firmware may handle summer time differently\.$/],
    ['{"timezoneId": ¦65535}', 'Device settings: no time zone'],
    ['{"smartlockId": 1, "firmwareVersion": ¦329988}', 'Device: 5.9.4'],
    ['{"type": ¦13, "remoteAllowed": true}', 'Authorization: keypad code'],
    ['{"type": ¦5, "serverState": 0}', 'Device: Smart Lock (5th generation)'],
    ['{"action": 1, "option": ¦6}, "nuki"', undefined],
    ['nuki {"action": 1, "option": ¦6}', 'Action: force, full lock'],
    ['nuki {"action": 1, "option": ¦0}', 'Action: none'],
    ['{"source": 3, "trigger": 253, "smartlockId": 7, "state": ¦3}', 'Log entry: command time expired'],
    ['{"source": 1, "trigger": 255, "smartlockId": 7, "state": ¦3}', 'Log entry: too recent'],
    ['{"deviceType": ¦0, "autoUnlock": false}', 'Log entry: Smart Lock (1st/2nd generation) or Box'],
  ] as const) {
    it(`is told of ${text}`, () => {
      if (meant instanceof RegExp) assert.match(readings(text)[0] ?? '', meant);
      else assert.deepEqual(readings(text), meant === undefined ? [] : [meant]);
    });
  }

  for (const [text, meant] of [
    ['{"advancedConfig": {"batteryType": ¦1}}', 'Advanced settings of a lock: accumulator'],
    ['{"smartdoorAdvancedConfig": {"batteryType": ¦3}}', 'Advanced settings of a Smart Door: fixed'],
    ['{"openerAdvancedConfig": {"doubleButtonPressAction": ¦7}}', 'Advanced settings of an Opener: open the door'],
    ['{"openerLog": {"source": ¦2}, "autoUnlock": false}', "Opener's part of a log entry: app"],
    ['{"config": {"homekitState": ¦1}}', 'Device settings: disabled'],
    ['{"motorSpeed": ¦2, "totalDegrees": 921}', 'Advanced settings of a lock: slow'],
    ['{"buzzerVolume": ¦1, "supportedBatteryTypes": 3}', 'Advanced settings of a Smart Door: low'],
    ['{"soundRing": ¦1, "soundLevel": 160}', 'Advanced settings of an Opener: sound 1'],
    ['{"masterAccountId": 1, "emailVerified": 1, "type": ¦0}', 'Account: user'],
    ['{"accountUserId": 1, "email": "a@b.c", "type": ¦0}', 'Account user: user'],
    ['{"password": "x", "smartlockId": 1, "rights": ¦1}', 'Sub-account, as written: operate devices'],
    ['{"notificationId": 1, "pushId": 2, "os": ¦0}', 'Notification: Android'],
    ['{"brandId": 1, "conGndBus": 2, "verified": ¦1}', 'Intercom model: verified to work'],
  ] as const) {
    it(`is that of the object in ${text}`, () => assert.deepEqual(readings(text), [meant]));
  }

  it("is a state's trigger or a log's, by the object", () => {
    assert.deepEqual(readings('{"type": 2, "serverState": 0, "state": {"trigger": ¦6}}'), [
      'Device state (Opener): continuous mode',
    ]);
    assert.deepEqual(readings('{"smartlockId": 9129696002, "action": 1, "trigger": ¦6, "autoUnlock": false}'), [
      'Log entry: auto lock',
    ]);
  });

  const action = 'Action (Smart Lock): Unlatch';
  for (const [text, meant] of [
    ['POST https://api.nuki.io/smartlock/18205286116/action\n\n{"action": ¦3}', action],
    ['POST https://api.nuki.io/smartlock/{{id}}/action\n\n{"type": 4, "x": {"action": ¦3}}', 'Action'],
    ['fetch(`https://api.nuki.io/smartlock/${id}/action`, { body: JSON.stringify({ action: ¦3 }) })', 'Action'],
    ["requests.post(f'https://api.nuki.io/smartlock/{device}/action', json={'action': ¦3})", 'Action'],
    ['axios({ url: "https://api.nuki.io/smartlock/18205286116/action", data: { action: ¦3 } })', action],
    ['fetch("https://api.nuki.io/smartlock/18205286116/action", { body: "{\\"action\\": ¦3}" })', action],
    [
      'POST https://api.nuki.io/smartlock/18205286116/action HTTP/1.1\nAuthorization: Bearer {{token}}\n\n{\n  "act¦ion": 3\n}',
      action,
    ],
    ["curl 'https://api.nuki.io/smartlock/18205286116/action' \\\n  --data-raw '{\"action\":¦3}'", action],
    [
      'fetch(`https://api.nuki.io/smartlock/¦18205286116/action`)',
      'Device: Smart Lock (3rd/4th generation) · 3D1E9EE4',
    ],
    ['GET https://api.nuki.io/smartlock/1/log?limit=1\n\n{"trigger": ¦6}', 'Log entry: auto lock'],
    ['GET https://api.nuki.io/account/user/1\n\n{"type": ¦0}', 'Account user: user'],
    ['GET https://api.nuki.io/account\n\n{"type": ¦2}', 'Account: caretaker'],
    ['GET https://api.nuki.io/smartlock/18205286116\n\n{"type": ¦4}', 'Device: Smart Lock (3rd/4th generation)'],
    [
      'POST /smartlock/{id}/advanced/openerconfig\n\n{"singleButtonPressAction": ¦1}',
      'Advanced settings of an Opener: toggle ring to open',
    ],
    [
      'POST /smartlock/{id}/advanced/config\n\n{"singleButtonPressAction": ¦1}',
      'Advanced settings of a lock: intelligent',
    ],
    ['GET https://api.nuki.io/smartlock/¦21913877581/log', 'Device: Smart Lock (5th generation) · 1A2B3C4D'],
  ] as const) {
    it(`is that of the object that the path is about: ${text.replaceAll('\n', ' ')}`, () => {
      const told = readings(text);
      if (meant !== 'Action') assert.deepEqual(told, [meant]);
      else assert.ok(told.length > 0 && told.every((reading) => reading.startsWith('Action (')), told.join());
    });
  }

  it('of the end of an attempt is both where tap to unlock may be meant', () => {
    const end = (siblings: string): readonly string[] =>
      readings(`{"smartlockId": 7, "autoUnlock": false, ${siblings} "state": ¦0}`);
    assert.deepEqual(end('"source": 3, "trigger": 253,'), ['Log entry: access document revoked']);
    for (const usual of ['"source": 1, "trigger": 255,', '"source": 0,', '"trigger": 4,'])
      assert.deepEqual(end(usual), ['Log entry: success'], usual);
    for (const open of ['', '"source": 3,', '"trigger": 253,'])
      assert.deepEqual(end(open), ['Log entry: success; with tap to unlock: access document revoked'], open);
  });

  it('of a source is a credential where a keypad was used, and nothing where another trigger is known', () => {
    const source = (trigger: number, value: number): readonly string[] =>
      readings(`{"autoUnlock": false, "smartlockId": 7, "trigger": ${trigger}, "source": ¦${value}}`);
    for (const trigger of [253, 255]) assert.deepEqual(source(trigger, 1), ['Log entry: keypad code']);
    assert.deepEqual(source(4, 1), []);
    assert.deepEqual(source(4, 0), ['Log entry: default']);
    assert.deepEqual(source(0, 3), ['Log entry: tap to unlock']);
    assert.deepEqual(readings('{"autoUnlock": false, "smartlockId": 7, "source": ¦1}'), ['Log entry: keypad code']);
  });

  it('of the mounting of a keypad is known', () => {
    assert.deepEqual(readings('{"state": {"keypadMountingState": ¦2}}'), ['Device state: keypad moved']);
  });

  it('of 1440 minutes says what the API takes', () => {
    assert.deepEqual(readings('{"allowedUntilTime": ¦1440}'), [
      "Authorization: 24:00 in the lock's time zone; the API accepts 0 to 1439",
    ]);
  });

  for (const text of [
    '{"type": ¦2, "name": "x"}',
    '{"state": ¦3}',
    '{"smartlockId": 1, "unheardOf": ¦3}',
    '{"state": {"doorState": ¦77}}',
    '{"allowedWeekDays": ¦128}',
    '{"allowedFromTime": ¦1441}',
    '{"nukiId": "¦12345678"}',
    '{"smartlockId": "¦12345678"}',
    '{"timezoneId": ¦46}',
    '{"constructor": ¦1, "smartlockId": 1}',
    '{"toString": ¦1, "smartlockId": 1}',
  ]) {
    it(`is not claimed of ${text}`, () => assert.deepEqual(readings(text), []));
  }

  it('of an everyday name counts where the text is about Nuki', () => {
    assert.equal(readings('if (state === ¦254) {', 'src/nuki.ts').length, 2);
    assert.equal(readings('if (state === ¦254) {', 'src/washer.ts').length, 0);
  });
});
