import { authorizationType } from '../../../../../../src/nuki/authorization/authorizationType.ts';
import assert from 'node:assert/strict';
import { limitFields } from '../../../../../../src/nuki/authorization/completeLimits.ts';
import { inEnglish } from '../../../../../../src/base/locale.ts';
import { timesOf } from '../../../../../../src/webview/host/form/draft.ts';
import type { FormDevice } from '../../../../../../src/webview/host/form/formDevices.ts';
import { overnightDrafts } from '../../../../../../src/webview/host/form/overnight.ts';
import { previewOf } from '../../../../../../src/webview/host/form/preview/preview.ts';
import type { Draft, Field, Preview } from '../../../../../../src/webview/protocol/form.ts';

const now = Date.UTC(2026, 10, 23, 12);

const frontDoor: FormDevice = {
  id: 17,
  name: 'Front Door',
  zone: 'Europe/Vienna',
  isOnline: true,
  hasKeypad: true,
  codes: { used: 12, limit: 200 },
  others: { used: 5, limit: 200 },
  takenCodes: new Set(['445566']),
  appUsers: new Set([1]),
};

const weber: Draft = {
  credential: 'code',
  name: 'Guest Weber',
  person: null,
  devices: [17],
  remoteAllowed: false,
  from: { date: '2027-06-16', time: '00:00', disambiguation: null },
  until: { date: '2027-06-30', time: '18:00', disambiguation: null },
  weekdays: 124,
  hours: { from: '09:00', until: '17:00' },
  code: '345678',
};

const anna = { accountUserId: 1, name: 'Anna', email: 'anna@example.com' };
const ben = { accountUserId: 2, name: 'Ben', email: undefined };

interface Setting {
  readonly device?: Partial<FormDevice>;
  readonly others?: readonly Partial<FormDevice>[];
  readonly ownZone?: string;
}

/** What is shown beside the draft of Weber with these changes. */
function preview(
  changes: Partial<Draft> = {},
  { device, others = [], ownZone = 'Europe/Vienna' }: Setting = {},
): Preview {
  const devices = [device ?? {}, ...others].map((each, place) => ({ ...frontDoor, id: 17 + place, ...each }));
  const draft = { ...weber, devices: devices.map(({ id }) => id), ...changes };
  return previewOf(draft, {
    locale: { t: inEnglish, language: 'en', now },
    devices,
    allDevices: devices,
    times: timesOf(draft, devices),
    people: [anna, ben],
    ownZone,
  });
}

const at = (date: string, time: string, disambiguation: 'earlier' | 'later' | null = null) => ({
  date,
  time,
  disambiguation,
});
const valueOf = ({ payload }: Preview, name: string) => payload.find(({ field }) => field === name)?.value;

describe('the preview of an authorization', () => {
  it('says who can open what, and when, on the clock of the lock', () => {
    const { sentences, problems, submit, nameCount } = preview();
    assert.deepEqual(sentences, [
      'Guest Weber can open Front Door with a keypad code.',
      'Mon–Fri 09:00–17:00, from 16 Jun 2027, 00:00, until 30 Jun 2027, 18:00',
    ]);
    assert.deepEqual(problems, {});
    assert.deepEqual([submit, nameCount], ['Create on Front Door', '11/20']);
  });

  it('names the person who gets in, whatever the authorization is called', () => {
    const who = (changes: Partial<Draft>): string | undefined => preview({ code: '', ...changes }).sentences[0];
    assert.equal(
      who({ credential: 'app', person: 1 }),
      'Anna (anna@example.com) can open Front Door with the Nuki app.',
    );
    assert.equal(who({ credential: 'fob', person: 2, name: 'Anna' }), 'Ben can open Front Door with a fob.');
    const eva = { name: ' Eva ', email: ' eva@example.com ' };
    assert.equal(
      who({ credential: 'app', person: eva }),
      'Eva (eva@example.com) can open Front Door with the Nuki app.',
    );
    assert.equal(who({ credential: 'app', person: 404 }), 'Account user 404 can open Front Door with the Nuki app.');
  });

  it('says only what opens where it is not known yet for whom', () => {
    const first = (changes: Partial<Draft>): string | undefined => preview(changes).sentences[0];
    assert.equal(first({ credential: 'app', person: null }), 'Opens Front Door with the Nuki app.');
    assert.equal(first({ credential: 'app', person: { name: '', email: ' ' } }), 'Opens Front Door with the Nuki app.');
    assert.equal(first({ name: ' ' }), 'Opens Front Door with a keypad code.');
  });

  it('names all devices, and counts them on the button', () => {
    const { sentences, submit } = preview({}, { others: [{ name: 'Garage' }, { name: 'Shed' }] });
    assert.equal(sentences[0], 'Guest Weber can open Front Door, Garage, and Shed with a keypad code.');
    assert.equal(submit, 'Create on 3 devices');
  });

  it('shows what is sent, with exact instants and without the code', () => {
    assert.deepEqual(preview().payload, [
      { field: 'PUT /smartlock/17/auth', value: '' },
      { field: 'type', value: String(authorizationType.keypadCode) },
      { field: 'name', value: '"Guest Weber"' },
      { field: 'remoteAllowed', value: 'false' },
      { field: 'code', value: '••••••' },
      { field: 'allowedFromDate', value: '"2027-06-15T22:00:00.000Z"' },
      { field: 'allowedUntilDate', value: '"2027-06-30T16:00:00.000Z"' },
      { field: 'allowedWeekDays', value: '124' },
      { field: 'allowedFromTime', value: '540' },
      { field: 'allowedUntilTime', value: '1020' },
    ]);
    const { payload } = preview({}, { others: [{}] });
    assert.deepEqual(payload[0], { field: 'PUT /smartlock/auth', value: '' });
    assert.deepEqual(payload.at(-1), { field: 'smartlockIds', value: '[17,18]' });
  });

  it('shows all limits where there is one, and says that they begin when they are sent where no start was chosen', () => {
    const { payload, sentences } = preview({ from: null, weekdays: 127, hours: null });
    assert.deepEqual(sentences.slice(1), [
      'Until 30 Jun 2027, 18:00',
      'Valid as soon as you create it and the lock has it.',
    ]);
    assert.deepEqual(
      limitFields.map((field) => payload.find((row) => row.field === field)?.value),
      ['"2026-11-23T12:00:00.000Z"', '"2027-06-30T16:00:00.000Z"', '127', '0', '0'],
    );
    const unlimited = preview({ from: null, until: null, weekdays: 127, hours: null });
    assert.ok(!unlimited.payload.some(({ field }) => field.startsWith('allowed')));
    assert.equal(unlimited.sentences.length, 2);
  });

  it('draws the seven days from its beginning on', () => {
    const { days } = preview();
    assert.deepEqual(days[0], {
      label: 'Wed 16',
      spoken: 'Wednesday 16 June: 09:00–17:00',
      spans: [{ from: 540, until: 1020 }],
    });
    assert.deepEqual(days[3], { label: 'Sat 19', spoken: 'Saturday 19 June: closed', spans: [] });
    assert.equal(days.length, 7);
  });

  it('tells the same on the clock of the user who fills it in, where that shows something else', () => {
    assert.deepEqual(preview({}, { ownZone: 'America/New_York' }).sentences.slice(2), [
      'Your time (America/New_York): 03:00–11:00, from 15 Jun 2027, 18:00, until 30 Jun 2027, 12:00',
    ]);
    assert.equal(preview({}, { ownZone: 'Europe/Berlin' }).sentences.length, 2);
  });

  it('tells the end on that clock also where the two differ only then, and both offsets of the lock', () => {
    const { sentences } = preview({ from: null }, { ownZone: 'Africa/Lagos' });
    assert.match(sentences[1] ?? '', /until 30 Jun 2027, 18:00 \(Europe\/Vienna, UTC\+01:00\/\+02:00\)$/);
    assert.deepEqual(sentences.slice(2), [
      'Valid as soon as you create it and the lock has it.',
      'Your time (Africa/Lagos): 08:00–16:00 or 09:00–17:00 depending on the date, until 30 Jun 2027, 17:00',
    ]);
  });

  it('tells both times of its hours where a clock change comes in between, also where begin and end are alike', () => {
    const winters = { from: at('2027-02-01', '00:00'), until: at('2027-11-30', '18:00') };
    const { sentences } = preview(winters, { ownZone: 'Africa/Lagos' });
    assert.match(sentences[1] ?? '', /\(Europe\/Vienna, UTC\+01:00\/\+02:00\)$/);
    const both = 'Your time (Africa/Lagos): 08:00–16:00 or 09:00–17:00 depending on the date';
    assert.deepEqual(sentences.slice(2), [both]);
    const summer = preview(
      { ...winters, from: at('2027-07-01', '00:00'), until: null },
      { ownZone: 'America/New_York' },
    );
    assert.equal(
      summer.sentences.at(-1),
      'Your time (America/New_York): 03:00–11:00 or 04:00–12:00 depending on the date, from 30 Jun 2027, 18:00',
    );
    assert.match(
      preview({ until: at('9999-12-31', '18:00') }, { ownZone: 'Africa/Lagos' }).sentences.at(-1) ?? '',
      / or 09:00–17:00 depending on the date, /,
    );
    assert.deepEqual(preview({ ...winters, hours: null }, { ownZone: 'Africa/Lagos' }).sentences.slice(2), []);
  });

  it('says where a device is offline, and where few places are left', () => {
    const { notes } = preview({}, { device: { isOnline: false, codes: { used: 197, limit: 200 } } });
    assert.deepEqual(notes, [
      'Front Door is offline and may receive this late or not at all.',
      'Front Door has 197 codes. Older keypads hold only 100 and reject more.',
      'Front Door: 2 of 200 slots left after this.',
    ]);
    assert.deepEqual(preview({}, { device: { codes: { used: undefined, limit: 200 } } }).notes, []);
  });

  it('says from 100 codes on that an older keypad holds no more, and refuses none', () => {
    const withCodes = (used: number) => preview({}, { device: { codes: { used, limit: 200 } } });
    assert.deepEqual(withCodes(99).notes, []);
    for (const used of [100, 137]) {
      const { notes, problems } = withCodes(used);
      assert.deepEqual(notes, [`Front Door has ${used} codes. Older keypads hold only 100 and reject more.`]);
      assert.deepEqual(problems, {});
    }
    const app = { credential: 'app', person: 2 } as const;
    assert.deepEqual(preview(app, { device: { codes: { used: 137, limit: 200 } } }).notes, []);
  });

  it('says what begins in the past, has no end, or meets a clock change', () => {
    assert.deepEqual(preview({ from: at('2026-11-01', '00:00'), until: null, hours: null }).notes, [
      'The start is in the past, so it takes effect immediately.',
      'No end date: it stays valid until someone deletes it.',
    ]);
    const night = { from: at('2027-03-01', '00:00'), weekdays: 127, hours: { from: '02:15', until: '02:45' } };
    assert.deepEqual(preview({ ...night, until: at('2027-04-01', '00:00') }).notes, [
      "On 28 Mar 2027, clocks go forward from 02:15 to 02:45. This authorization won't work that day.",
    ]);
  });

  it('says nothing of a schedule that is not one', () => {
    for (const hours of [
      { from: '', until: '17:00' },
      { from: '01:00', until: '' },
    ]) {
      const { notes, problems, days, sentences, payload, obstacle } = preview({ until: null, hours });
      assert.deepEqual([notes, days, sentences, payload], [[], [], [], []]);
      assert.equal(obstacle, 'Fill in the highlighted fields to see a preview.');
      assert.equal(problems.hours, 'Enter a time such as 09:00.');
    }
  });

  for (const zone of ['Africa/Cairo', 'America/Mexico_City']) {
    it(`warns of the hours of a lock in ${zone}, and not of its dates`, () => {
      const warning = "The lock's firmware may handle daylight saving time differently. Test the hours at the lock.";
      assert.ok(preview({}, { device: { zone } }).notes.includes(warning));
      assert.ok(!preview({ weekdays: 127, hours: null }, { device: { zone } }).notes.includes(warning));
    });
  }
});

describe('the devices in the form', () => {
  const details = (setting: Setting, credential: Draft['credential'] = 'code'): readonly string[] =>
    preview({ credential, person: 2 }, setting).details.map(({ detail }) => detail);

  it('have nothing to say where all is as usual', () => {
    assert.deepEqual(details({}), ['']);
    assert.equal(preview({ devices: [] }).obstacle, undefined);
  });

  it('have their zone said where it is not the one of the user', () => {
    const zones = { others: [{ zone: 'Asia/Tokyo' }, { zone: undefined }] };
    assert.deepEqual(details(zones), ['', 'Asia/Tokyo', 'time zone unknown']);
    assert.deepEqual(details({ ownZone: 'UTC' }), ['Europe/Vienna']);
  });

  it('have their slots said from four fifths on, of what is to be created', () => {
    const setting = { device: { codes: { used: 160, limit: 200 }, others: { used: 159, limit: 200 } } };
    assert.deepEqual(details(setting), ['Codes 160 of 200']);
    assert.deepEqual(details(setting, 'app'), ['']);
    const more = { device: { codes: { used: 159, limit: 200 }, others: { used: 180, limit: 200 } } };
    assert.deepEqual([details(more), details(more, 'fob')], [[''], ['Authorizations 180 of 200']]);
    assert.deepEqual(details({ device: { codes: { used: undefined, limit: 200 } } }), ['']);
  });

  it('lack a keypad for codes alone, and are said to be offline', () => {
    const setting = { device: { hasKeypad: false, isOnline: false } };
    assert.deepEqual([details(setting), details(setting, 'app')], [['no keypad · offline'], ['offline']]);
  });
});

describe('a time in the form', () => {
  it('that clocks skip is refused, with the first one that there is', () => {
    const { problems, sentences } = preview({ from: at('2027-03-28', '02:30') });
    assert.equal(
      problems.from,
      "28 Mar 2027 02:30 doesn't exist in Europe/Vienna because clocks go forward. The next valid time is 28 Mar 2027 03:00.",
    );
    assert.ok(!sentences.join().includes('can open'));
    const cairo = preview({ from: at('2027-04-30', '00:00') }, { device: { zone: 'Africa/Cairo' } });
    assert.match(cairo.problems.from ?? '', /The next valid time is 30 Apr 2027 01:00\.$/);
  });

  it('that comes twice asks which one, and each answer sends its instant', () => {
    const asked = preview({ until: at('2027-10-31', '02:30') });
    assert.equal(asked.problems.until, 'Choose the first or the second 02:30.');
    assert.deepEqual(asked.disambiguations, {
      until: {
        question: 'Clocks go back that day, so 02:30 occurs twice. Which one?',
        earlier: '02:30 (UTC+02:00)',
        later: '02:30 (UTC+01:00)',
      },
    });
    for (const [disambiguation, instant] of [
      ['earlier', '"2027-10-31T00:30:00.000Z"'],
      ['later', '"2027-10-31T01:30:00.000Z"'],
    ] as const) {
      const answered = preview({ until: at('2027-10-31', '02:30', disambiguation) });
      assert.deepEqual(answered.problems, {});
      assert.equal(valueOf(answered, 'allowedUntilDate'), instant);
    }
  });

  it('on a lock whose zone is not known is in UTC, which is said; weekdays and hours are refused', () => {
    const device = { zone: undefined };
    const dates = preview({ weekdays: 127, hours: null }, { device });
    assert.deepEqual(dates.problems, {});
    assert.match(dates.sentences[1] ?? '', /18:00 UTC \(dates in UTC, because the lock's time zone is unknown\)$/);
    assert.equal(valueOf(dates, 'allowedUntilDate'), '"2027-06-30T18:00:00.000Z"');
    const unknown = "The lock's time zone is unknown. You can only set dates, in UTC.";
    assert.deepEqual(preview({}, { device }).problems, { weekdays: unknown, hours: unknown });
  });

  it('on locks in several zones is refused; without any limit they may be mixed', () => {
    const others = [{ zone: 'America/New_York' }];
    assert.deepEqual(preview({}, { others }).problems, {
      devices: 'These devices are in different time zones. Create one authorization per time zone.',
    });
    const open = { from: null, until: null, weekdays: 127, hours: null };
    assert.deepEqual(preview(open, { others }).problems, {});
  });

  const wrong: readonly (readonly [Partial<Draft>, Field, string])[] = [
    [{ until: at('2027-06-15', '00:00') }, 'until', 'The end is before the start.'],
    [{ until: at('2027-06-16', '00:00') }, 'until', 'Start and end are the same.'],
    [
      { from: null, until: at('2026-11-23', '12:59') },
      'until',
      'The end is in the past. This authorization would never work, but would use up a slot.',
    ],
    [{ from: at('2027-02-30', '00:00') }, 'from', 'Enter a date such as 23 Nov 2026, and a time such as 15:00.'],
    [{ until: at('', '18:00') }, 'until', 'Enter a date such as 23 Nov 2026, and a time such as 15:00.'],
    [{ weekdays: 0 }, 'weekdays', 'Select at least one day.'],
    [
      { hours: { from: '09:00', until: '09:00' } },
      'hours',
      'Start and end are the same. For no limit, select All day.',
    ],
    [
      { hours: { from: '00:00', until: '00:00' } },
      'hours',
      'Start and end are the same. For no limit, select All day.',
    ],
    [
      { hours: { from: '22:00', until: '06:00' } },
      'hours',
      "An authorization can't cross midnight. Split it into two.",
    ],
    [{ hours: { from: '09:00', until: '24:00' } }, 'hours', 'Enter a time such as 09:00.'],
    [
      { weekdays: 2, until: at('2027-06-18', '18:00') },
      'weekdays',
      'This would never work: none of the selected days and hours falls between start and end.',
    ],
  ];
  for (const [changes, field, sentence] of wrong) {
    it(`says at its field: ${sentence} ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(preview(changes).problems, { [field]: sentence });
    });
  }
});

describe('hours over midnight', () => {
  const night = { ...weber, weekdays: 124, hours: { from: '22:00', until: '06:00' } };

  it('can become two authorizations, of codes only', () => {
    assert.equal(preview(night).canSplit, true);
    assert.equal(preview({ ...night, credential: 'app', person: 2 }).canSplit, false);
    assert.equal(preview().canSplit, false);
  });

  it('are an evening and the morning of the days after it, the code with the first alone', () => {
    assert.deepEqual(overnightDrafts(night), [
      { ...night, hours: { from: '22:00', until: '23:59' } },
      { ...night, hours: { from: '00:00', until: '06:00' }, weekdays: 62, code: '' },
    ]);
    for (const half of overnightDrafts({ ...night, code: '' }).map((draft) => ({ ...draft, code: '987654' }))) {
      assert.deepEqual(preview(half).problems, {});
    }
    assert.deepEqual(
      overnightDrafts({ ...night, weekdays: 1 }).map(({ weekdays }) => weekdays),
      [1, 64],
    );
    assert.deepEqual(
      overnightDrafts({ ...night, weekdays: 127 }).map(({ weekdays }) => weekdays),
      [127, 127],
    );
  });
});

const codeRule = "Use 6 digits from 1 to 9. The code can't start with 12.";

describe('what is wrong in the form', () => {
  it('is no name, one of more than 32 characters, for a keypad of more than 20 bytes, or one that cannot be seen', () => {
    assert.equal(preview({ name: '  ' }).problems.name, 'Enter a name.');
    const tooLong = preview({ credential: 'app', person: 2, name: 'x'.repeat(33) }).problems.name;
    assert.equal(tooLong, 'Use at most 32 characters.');
    for (const name of ['A\u202EB', 'Oma \u2764\uFE0F', '\u{1F468}\u200D\u{1F469}']) {
      const says = 'The name contains invisible characters or a combined emoji.';
      assert.equal(preview({ name }).problems.name, says, name);
    }
    assert.equal(preview({ name: 'Oma \u{1F600}' }).problems.name, undefined);
    const long = preview({ name: 'Ä'.repeat(11) });
    const sentence = 'Too long for a keypad: 22 of 20 bytes. Accented letters and emoji count more than once.';
    assert.deepEqual([long.problems, long.nameCount], [{ name: sentence }, '22/20']);
    assert.deepEqual(long.shorterName, { name: 'Ä'.repeat(10), label: 'Shorten to "ÄÄÄÄÄÄÄÄÄÄ"' });
    const short = preview({ name: '🔑'.repeat(5) });
    assert.deepEqual([short.problems, short.shorterName, short.nameCount], [{}, undefined, '20/20']);
    const app = preview({ credential: 'app', person: 2, name: 'Ä'.repeat(11) });
    assert.deepEqual([app.problems, app.shorterName, app.nameCount], [{}, undefined, '11/32']);
  });

  for (const [code, sentence] of [
    ['', codeRule],
    ['34567', codeRule],
    ['3456789', codeRule],
    ['345670', codeRule],
    ['123456', codeRule],
    [' 345678', codeRule],
    ['３４５６７８', codeRule],
    ['445566', 'Front Door already uses this code. Expired codes count too.'],
  ] as const) {
    it(`is the code "${code}": ${sentence}`, () => {
      assert.deepEqual(preview({ code }).problems, { code: sentence });
    });
  }

  it('is a code that any of the devices has, or one without a keypad', () => {
    const { problems } = preview({ code: '987654' }, { others: [{ name: 'Shed', takenCodes: new Set(['987654']) }] });
    assert.match(problems.code ?? '', /^Shed already uses/);
    const garage = [{ name: 'Garage', hasKeypad: false }];
    assert.deepEqual(preview({}, { others: garage }).problems, { devices: 'Garage has no keypad.' });
  });

  it('is a device that is full, of codes or of others', () => {
    const full = { devices: 'Front Door is full. Delete an authorization first.' };
    const codes = { codes: { used: 200, limit: 200 } };
    assert.deepEqual(preview({}, { device: codes }).problems, full);
    assert.deepEqual(preview({ credential: 'app', person: 2 }, { device: codes }).problems, {});
    assert.deepEqual(
      preview({ credential: 'fob', person: 2 }, { device: { others: { used: 200, limit: 200 } } }).problems,
      full,
    );
    assert.deepEqual(preview({ devices: [] }, { device: { others: { used: 200, limit: 200 } } }).problems, {});
  });

  it('is no user, an unknown one, or one who has an app authorization there', () => {
    const person = (credential: Draft['credential'], who: Draft['person']) =>
      preview({ credential, person: who, code: '' }).problems;
    assert.deepEqual(person('app', null), { person: 'Select a person.' });
    assert.deepEqual(person('app', 3), { person: 'Select a person.' });
    assert.deepEqual(person('app', 1), { person: 'This person already has app access to Front Door.' });
    assert.deepEqual(person('fob', 1), {});
  });

  it('is a new person without a name, without an address, or with one that is known', () => {
    const person = (name: string, email: string) => preview({ credential: 'app', person: { name, email } }).problems;
    const needed = 'Enter an email address. Nuki sends the invitation there.';
    assert.deepEqual(person(' ', 'eva@'), { personName: 'Enter a name.', personEmail: needed });
    assert.match(person('Eva', ' ANNA@example.com ').personEmail ?? '', /already exists\. Select them/);
    assert.deepEqual(person('Eva', ' eva@example.com '), {});
  });
});

describe('hostile names in a draft', () => {
  const attacks = [
    '\u202Egnp.rood',
    '<img src=x onerror=alert(1)>',
    '[x](command:nuki.unlock)',
    '$(zap)',
    '\u0000',
    '\uD800',
  ];
  const around = ['', 'a', ' ', '\u200B', '\u0301'.repeat(300), '{0}{1}', '%s', '"', '\n', '\u2066', '🔑', "'"];
  const names = attacks.flatMap((attack) =>
    around.flatMap((each) => [`${each}${attack}`, `${attack}${each}`, `${each}${attack}${each}`]),
  );

  it(`make no preview fail and turn no direction, ${names.length} of them in every place`, () => {
    assert.ok(names.length > 200);
    for (const name of names) {
      for (const changes of [{ name }, { name, credential: 'app', person: { name, email: name } }] as const) {
        const { sentences, notes, problems } = preview(changes, { device: { name: 'Front Door' } });
        assert.doesNotMatch(
          [...sentences, ...notes, ...Object.values(problems)].join(),
          /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u,
        );
      }
    }
  });
});
