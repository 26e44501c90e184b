import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { AccountState } from '../../../../src/model/snapshots.ts';
import { NukiError, type Reason } from '../../../../src/nuki/http/errors.ts';
import { clockMinute } from '../../../../src/views/text/timeText.ts';
import { needsToken, describeError, errorLabel } from '../../../../src/views/text/errorText.ts';

const at = Date.UTC(2026, 10, 23, 12, 34);
const locale = { t: inEnglish, language: 'en', ownNow: at };
const account: AccountState = {
  id: '7',
  label: 'Home',
  simulated: false,
  devices: [],
  unreadable: [],
  refreshedAt: at,
};
const subject = { account: 'Home', device: 'Front door' };

/** Every reason, with the status that comes with it. */
const reasons: Readonly<Record<Reason, number | undefined>> = {
  accountRemoved: undefined,
  tokenMissing: undefined,
  unauthorized: 401,
  tokenRefused: 401,
  permissionMissing: 403,
  network: undefined,
  certificate: undefined,
  timeout: undefined,
  redirected: undefined,
  intercepted: 403,
  unexpectedAnswer: 206,
  rejected: 422,
  notFound: 404,
  notAllowed: 405,
  conflict: 409,
  busy: 423,
  rateLimited: 429,
  subscription: 402,
  server: 502,
  unsupportedId: undefined,
  queueFull: undefined,
  expired: undefined,
  mayRepeat: undefined,
  outdated: undefined,
  cancelled: undefined,
};
const errors = Object.entries(reasons).map(
  ([reason, status]) =>
    new NukiError(isReason(reason) ? reason : 'cancelled', {
      status,
      ...(reason === 'rateLimited' && { retryAt: at }),
    }),
);

function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

describe('a failure in a sentence', () => {
  for (const error of errors) {
    it(`says what "${error.reason}" means, whole`, () => {
      for (const about of [subject, { account: 'Home' }, { ...subject, refreshedAt: at }]) {
        const sentence = describeError(error, about, locale);
        assert.match(sentence, /^[^a-z].*\.$/);
        assert.doesNotMatch(sentence, /\{\d\}|undefined|NaN|\(\)|\(HTTP \)|: \.|  /);
      }
    });

    it(`"${error.reason}" makes no link of its own`, () => {
      assert.doesNotMatch(describeError(error, subject, locale), /\]\(|command:/i);
    });
  }

  it('names the account whose token it is, and the device that it was about', () => {
    assert.match(describeError(new NukiError('tokenRefused'), subject, locale), /"Home"/);
    assert.match(
      describeError(new NukiError('permissionMissing'), subject, locale),
      /"Home" doesn't have the permission/,
    );
    for (const reason of ['rejected', 'notFound', 'notAllowed', 'conflict', 'busy', 'unsupportedId'] as const) {
      assert.match(describeError(new NukiError(reason, { status: 400 }), subject, locale), /^Front door\b/);
      assert.match(describeError(new NukiError(reason, { status: 400 }), { account: 'Home' }, locale), /^Home\b/);
    }
  });

  it('says until when to wait', () => {
    const error = new NukiError('rateLimited', { status: 429, retryAt: at });
    assert.equal(
      describeError(error, subject, locale),
      `Too many requests. Nuki asked to wait until ${clockMinute(at, locale)}.`,
    );
  });

  it('says how old what is shown is where the old is still shown, and nowhere else', () => {
    const shown = { ...subject, refreshedAt: at };
    const still = `Showing data from ${clockMinute(at, locale)}.`;
    for (const error of errors) {
      const keeps = [
        'network',
        'timeout',
        'server',
        'unexpectedAnswer',
        'certificate',
        'redirected',
        'intercepted',
        'rateLimited',
      ];
      assert.equal(describeError(error, shown, locale).includes(still), keeps.includes(error.reason), error.reason);
      assert.ok(!describeError(error, subject, locale).includes('Showing'));
    }
  });

  it('claims that nothing was done only where that is known', () => {
    for (const reason of [
      'network',
      'timeout',
      'server',
      'redirected',
      'intercepted',
      'unexpectedAnswer',
      'cancelled',
    ] as const)
      assert.doesNotMatch(describeError(new NukiError(reason, { status: 500 }), subject, locale), /Nothing was/);
  });

  it('says once of an action that nothing was done, or not even sent', () => {
    for (const error of errors) {
      for (const [undone, words] of [
        ['unread', 'Nothing was sent.'],
        ['refused', 'Nothing was done.'],
      ] as const) {
        const sentence = describeError(error, { ...subject, undone }, locale);
        assert.equal(sentence.split('Nothing was').length, 2, sentence);
        const saysMore = [
          'accountRemoved',
          'rejected',
          'conflict',
          'busy',
          'unsupportedId',
          'queueFull',
          'expired',
          'mayRepeat',
          'outdated',
        ].includes(error.reason);
        assert.ok(saysMore || sentence.endsWith(words), sentence);
      }
    }
  });

  it('takes a name as it is, whatever stands in it', () => {
    const sentence = describeError(new NukiError('tokenRefused'), { account: '{1} $& {0}' }, locale);
    assert.match(sentence, /"\{1\} \$& \{0\}"/);
  });
});

describe('a failure in a word', () => {
  it('says the day of what is known of another day', () => {
    const yesterday = { ...account, refreshedAt: at - 24 * 3_600_000 };
    assert.match(errorLabel(new NukiError('network'), yesterday, locale), /^offline · data from \d+ \w+, \d\d:\d\d$/);
  });

  for (const error of errors) {
    it(`is short for "${error.reason}"`, () => {
      for (const known of [account, { ...account, refreshedAt: undefined }, undefined]) {
        const word = errorLabel(error, known, locale);
        assert.ok(word.length > 0 && word.length <= 30, word);
        assert.doesNotMatch(word, /\{\d\}|undefined|NaN/);
      }
    });
  }

  it('says since when, or until when, where that is known', () => {
    const time = clockMinute(at, locale);
    assert.match(errorLabel(new NukiError('network'), account, locale), new RegExp(`^offline.*${time}$`));
    assert.equal(errorLabel(new NukiError('network'), undefined, locale), 'offline');
    const limited = new NukiError('rateLimited', { retryAt: at });
    assert.equal(errorLabel(limited, account, locale), `waiting until ${time}`);
  });
});

describe('a new token', () => {
  it('is the mend where the token is the trouble, and only there', () => {
    const mended = errors.filter(needsToken).map(({ reason }) => reason);
    assert.deepEqual(mended, ['tokenMissing', 'unauthorized', 'tokenRefused', 'permissionMissing']);
  });
});
