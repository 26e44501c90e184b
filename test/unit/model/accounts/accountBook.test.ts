import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  AccountBook,
  withTimeout,
  ownerOf,
  reasonFor401,
  tokenIn,
} from '../../../../src/model/accounts/accountBook.ts';
import { NukiError, type Reason } from '../../../../src/nuki/http/errors.ts';
import type { NukiClient } from '../../../../src/nuki/http/client.ts';
import { FakeClock } from '../../fakeClock.ts';
import { FakeRecords, FakeSecrets, failing, listOf, pending, ScriptedApi } from '../fakes.ts';

const token = '0123456789abcdef0123456789abcdef.-_AZ';
const other = 'fedcba9876543210fedcba9876543210';
const entry = { id: '7', label: 'Home' };

function bookOf(secrets = new FakeSecrets(), records = new FakeRecords()) {
  const created: string[] = [];
  const createClient = (used: string): Promise<NukiClient> => {
    created.push(used);
    return Promise.resolve(new ScriptedApi(new FakeClock()));
  };
  const book = new AccountBook(secrets, records, createClient);
  const changes: unknown[] = [];
  book.onDidChange(() => changes.push('changed'));
  return { book, secrets, records, created, changes };
}

/** Records that hold these accounts from the start. */
function recordsOf(...entries: readonly (typeof entry)[]): FakeRecords {
  return new FakeRecords(new Map(entries.map(({ id, label }, place) => [`account/${id}`, { label, place }])));
}

describe('the client for a token', () => {
  it('is the same one each time, for it knows when Nuki has asked to wait', async () => {
    const { book, created } = bookOf();
    const first = await book.clientFor(token);
    assert.equal(await book.clientFor(token), first);
    await book.keep(entry, token);
    assert.equal(await book.sources()[0]?.client(), first);
    assert.notEqual(await book.clientFor(other), first);
    assert.deepEqual(created, [token, other]);
  });
});

describe('whether a token is one of an account here', () => {
  it('is known before anything has used the account', async () => {
    const secrets = new FakeSecrets();
    await secrets.store('nuki.token.7', token);
    const { book } = bookOf(secrets, recordsOf(entry));
    assert.equal(await book.hasOneOf(new Set([token])), true);
    assert.equal(await book.hasOneOf(new Set([other])), false);
    assert.equal(await book.hasOneOf(new Set([token.slice(0, -1)])), false);
    assert.equal(await book.hasOneOf(new Set([other, token])), true);
    assert.equal(await book.hasOneOf(new Set()), false);
  });

  it('is known of one that was tried, too', async () => {
    const { book } = bookOf();
    assert.equal(await book.hasOneOf(new Set([token])), false);
    await book.clientFor(token);
    assert.equal(await book.hasOneOf(new Set([token])), true);
  });

  it('is not known where the storage does not answer', async () => {
    const secrets = new FakeSecrets();
    secrets.get = () => Promise.reject(new Error('locked'));
    const { book } = bookOf(secrets, recordsOf(entry));
    assert.equal(await book.hasOneOf(new Set([token])), false);
  });
});

const withReason = (reason: Reason) => (error: unknown) => error instanceof NukiError && error.reason === reason;

describe('the token in what was pasted', () => {
  for (const [what, pasted] of [
    ['alone', token],
    ['with spaces around it', `  ${token}\t `],
    ['with line breaks around it', `\r\n${token}\n\n`],
    ['as it stands in a header', `Bearer ${token}`],
    ['as it stands in a header, in lower case and with a line break', ` bearer \n${token}\n`],
    ['with a byte order mark', `\uFEFF${token}`],
  ] as const) {
    it(`is found ${what}`, () => assert.equal(tokenIn(pasted), token));
  }

  for (const [what, pasted] of [
    ['nothing', ''],
    ['spaces', '   '],
    ['too little', 'a'.repeat(19)],
    ['too much', 'a'.repeat(513)],
    ['two lines', `${token}\n${token}`],
    ['a header within', `${token}\r\nX-Evil: 1`],
    ['a space within', `${token} ${token}`],
    ['a zero-width space', `${token.slice(0, 10)}\u200B${token.slice(10)}`],
    ['a zero-width space at the end', `${token}\u200B`],
    ['a quotation mark', `"${token}"`],
    ['curly quotation marks', `“${token}”`],
    ['letters of another script', `${token}ä`],
    ['a full-width digit', `${token}１`],
    ['a NUL', `${token}\u0000`],
    ['an address', `https://api.nuki.io/?t=${token}`],
    ['Bearer alone', 'Bearer '],
  ] as const) {
    it(`is not in ${what}`, () => assert.equal(tokenIn(pasted), undefined));
  }

  it('is fit for a header, whatever was pasted', () => {
    const pieces = fc.oneof(fc.constantFrom(token, 'Bearer ', '\n', '\r\n', ' ', '\u0000', 'é'), fc.string());
    const pasted = fc.array(pieces, { maxLength: 5 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pasted, (text) => {
        const found = tokenIn(text);
        if (found === undefined) return;
        assert.match(found, /^[\w.-]{20,512}$/);
        assert.equal(new Headers({ authorization: `Bearer ${found}` }).get('authorization'), `Bearer ${found}`);
      }),
    );
  });
});

describe('whose token it is', () => {
  const api = (): ScriptedApi => new ScriptedApi(new FakeClock());

  it('says the API: id and name', async () => {
    assert.deepEqual(await ownerOf(api()), { id: '7', name: 'Anna' });
  });

  it('has no name where the account has none', async () => {
    for (const name of [undefined, '', '   ']) {
      const nameless = api();
      nameless.onAccount = () => Promise.resolve({ accountId: 7, name });
      assert.deepEqual(await ownerOf(nameless), { id: '7', name: undefined });
    }
  });

  it('belongs to no account when nothing answers to it', async () => {
    const dead = api();
    dead.onAccount = () => failing('unauthorized', 401);
    dead.onSmartlocks = () => failing('unauthorized', 401);
    await assert.rejects(ownerOf(dead), withReason('tokenRefused'));
  });

  it('is a matter of a permission when the token works otherwise', async () => {
    const narrow = api();
    narrow.onAccount = () => failing('unauthorized', 401);
    narrow.onSmartlocks = () => Promise.resolve(listOf());
    await assert.rejects(ownerOf(narrow), withReason('permissionMissing'));
  });

  it('is not known without a network, neither at first nor at the second question', async () => {
    const away = api();
    away.onAccount = () => failing('network');
    await assert.rejects(ownerOf(away), withReason('network'));
    assert.equal(away.count('smartlocks'), 0);
    const lost = api();
    lost.onAccount = () => failing('unauthorized', 401);
    lost.onSmartlocks = () => failing('timeout');
    await assert.rejects(ownerOf(lost), withReason('timeout'));
  });

  it('does not hide an unforeseen error', async () => {
    await assert.rejects(
      reasonFor401(() => Promise.reject(new RangeError('unforeseen'))),
      RangeError,
    );
  });
});

describe('the book of accounts', () => {
  it('keeps the token in the secrets, one key each, and only its id and label in the records', async () => {
    const { book, secrets, records } = bookOf();
    assert.equal(await book.keep(entry, token), true);
    assert.deepEqual([...secrets.kept], [['nuki.token.7', token]]);
    assert.deepEqual([...records.disk], [['account/7', { label: 'Home', place: 1 }]]);
    assert.deepEqual(book.entries, [entry]);
  });

  it('reads the token back and says whether it is there', async () => {
    const forgetful = new (class extends FakeSecrets {
      override store(): Promise<void> {
        return Promise.resolve();
      }
    })();
    assert.equal(await bookOf(forgetful).book.keep(entry, token), false);
    const broken = new (class extends FakeSecrets {
      override store(): Promise<void> {
        return Promise.reject(new Error('no keyring'));
      }
    })();
    const { book } = bookOf(broken);
    assert.equal(await book.keep(entry, token), false);
    assert.deepEqual(book.entries, [entry]);
    assert.ok(await book.sources()[0]?.client(), 'it works until the window is closed');
  });

  it('the same account twice is one entry, with the later token and label', async () => {
    const { book, secrets } = bookOf();
    await book.keep(entry, token);
    await book.keep({ id: '7', label: 'Cottage' }, other);
    assert.deepEqual(book.entries, [{ id: '7', label: 'Cottage' }]);
    assert.deepEqual([...secrets.kept], [['nuki.token.7', other]]);
  });

  it('keeps accounts in the order in which they came, and tells of each', async () => {
    const { book, changes } = bookOf();
    await book.keep(entry, token);
    await book.keep({ id: '8', label: 'Office' }, other);
    book.rename('7', 'Cottage');
    assert.deepEqual(book.entries, [
      { id: '7', label: 'Cottage' },
      { id: '8', label: 'Office' },
    ]);
    assert.equal(changes.length, 3);
  });

  it('leaves nothing of an account that is removed, and nothing of others is lost', async () => {
    const { book, secrets, records } = bookOf();
    await book.keep(entry, token);
    await book.keep({ id: '8', label: 'Office' }, other);
    await book.remove('7');
    assert.deepEqual([...secrets.kept.keys()], ['nuki.token.8']);
    assert.deepEqual([...records.disk], [['account/8', { label: 'Office', place: 2 }]]);
    await book.remove('8');
    assert.deepEqual([...secrets.kept], []);
    assert.deepEqual([...records.disk], []);
    assert.deepEqual(book.sources(), []);
  });

  it('another window that changes a secret is followed without writing anything', async () => {
    const { book, secrets, records, created, changes } = bookOf();
    await book.keep(entry, token);
    const before = [secrets.written.length, JSON.stringify([...records.disk])];
    secrets.kept.set('nuki.token.7', other);
    book.secretChanged('nuki.token.7');
    book.secretChanged('somebody.elses.key');
    assert.deepEqual([secrets.written.length, JSON.stringify([...records.disk])], before);
    assert.equal(changes.length, 2, 'told once, of our own key');
    await book.sources()[0]?.client();
    assert.equal(created.at(-1), other);
  });

  it('an account whose token is gone needs the user; it is not forgotten', async () => {
    const { book, secrets } = bookOf();
    await book.keep(entry, token);
    secrets.kept.clear();
    book.secretChanged('nuki.token.7');
    const [source] = book.sources();
    assert.ok(source);
    await assert.rejects(source.client(), withReason('tokenMissing'));
    assert.deepEqual(book.entries, [entry]);
    secrets.kept.set('nuki.token.7', token);
    assert.ok(await source.client(), 'and works again when the token is back');
  });

  it('secrets that fail or hold what is no token are a missing token', async () => {
    const failingSecrets = new (class extends FakeSecrets {
      override get(): Promise<string | undefined> {
        return Promise.reject(new Error('no keyring'));
      }
    })();
    for (const secrets of [failingSecrets, new FakeSecrets()]) {
      secrets.kept.set('nuki.token.7', `${token}\nX-Evil: 1`);
      const { book, created } = bookOf(secrets, recordsOf(entry));
      const [source] = book.sources();
      assert.ok(source);
      await assert.rejects(source.client(), withReason('tokenMissing'));
      assert.deepEqual(created, []);
    }
  });

  it('secrets that never answer are a missing token in the end, and keep nothing waiting', async () => {
    const clock = new FakeClock();
    const silent = {
      get: () => pending<string | undefined>().promise,
      store: () => pending<void>().promise,
      delete: () => pending<void>().promise,
    };
    const book = new AccountBook(withTimeout(silent, clock), recordsOf(entry), () =>
      Promise.resolve(new ScriptedApi(clock)),
    );
    const asked = [
      assert.rejects(book.sources()[0]?.client() ?? assert.fail(), withReason('tokenMissing')),
      book.keep({ id: '8', label: 'Office' }, other).then((kept) => assert.equal(kept, false)),
    ];
    await clock.advance(20_000);
    await Promise.all(asked);
    const removed = assert.rejects(book.remove('7'), /does not answer/);
    await clock.advance(20_000);
    await removed;
    assert.ok(
      book.entries.some(({ id }) => id === '7'),
      'nothing is forgotten whose token may still be there',
    );
    assert.equal(clock.waiting, 0);
  });

  it('takes nothing from records that hold something else', () => {
    for (const kept of [undefined, null, 'x', [], {}, { label: 7, place: 1 }, { label: 'x' }, { place: 1 }]) {
      const foreign = new FakeRecords(new Map([['account/7', kept]]));
      assert.deepEqual(bookOf(undefined, foreign).book.entries, []);
    }
  });

  it('makes one client for an account, however many ask at once: its budget is one', async () => {
    const secrets = new FakeSecrets();
    secrets.kept.set('nuki.token.7', token);
    const { book, created } = bookOf(secrets, recordsOf(entry));
    const clients = await Promise.all([...book.sources(), ...book.sources()].map((source) => source.client()));
    assert.equal(created.length, 1);
    assert.equal(clients[0], clients[1]);
  });

  it('a client of the old token that comes late is not used for the replaced one', async () => {
    const slow = pending<string | undefined>();
    const secrets = new (class extends FakeSecrets {
      reads = 0;
      override get(key: string): Promise<string | undefined> {
        this.reads += 1;
        return this.reads === 2 ? slow.promise : super.get(key);
      }
    })();
    const { book } = bookOf(secrets);
    await book.keep(entry, token);
    book.secretChanged('nuki.token.7');
    const late = book.sources()[0]?.client();
    await book.keep(entry, other);
    const current = await book.sources()[0]?.client();
    slow.resolve(token);
    assert.notEqual(await late, current);
    assert.equal(await book.sources()[0]?.client(), current);
  });

  it('has the same source for an account until its token or its name changes', async () => {
    const { book } = bookOf();
    await book.keep(entry, token);
    await book.keep({ id: '8', label: 'Office' }, other);
    const [first, second] = book.sources();
    assert.deepEqual(book.sources(), [first, second]);
    assert.equal(book.sources()[0], first);
    const changes = [
      () => book.keep(entry, other),
      () => Promise.resolve(book.secretChanged('nuki.token.7')),
      () => Promise.resolve(book.rename('7', 'Cottage')),
    ];
    for (const change of changes) {
      const before = book.sources()[0];
      await change();
      assert.notEqual(book.sources()[0], before);
      assert.equal(book.sources()[1], second);
    }
  });

  it('knows every token that was in use, so that the log can leave it out', async () => {
    const { book } = bookOf();
    await book.clientFor(other);
    await book.keep(entry, token);
    await book.remove('7');
    assert.deepEqual([...book.tokens].toSorted(), [token, other].toSorted());
  });
});

describe('the books of two windows', () => {
  /** Two windows that share secrets and records, each with what it has last read of the records. */
  function twoWindows(secrets = new FakeSecrets()) {
    const disk = new Map<string, unknown>();
    const [one, another] = [bookOf(secrets, new FakeRecords(disk)), bookOf(secrets, new FakeRecords(disk))];
    return { one, another, secrets, disk };
  }

  const office = { id: '8', label: 'Office' };

  it('keep both accounts that are added at the same time, though neither window has heard of the other', async () => {
    const { one, another, secrets } = twoWindows();
    await Promise.all([one.book.keep(entry, token), another.book.keep(office, 'the-token-of-the-office-0123')]);
    for (const { book, records } of [one, another]) {
      records.reload();
      assert.deepEqual(book.entries, [entry, office]);
    }
    assert.deepEqual([...secrets.kept.keys()].toSorted(), ['nuki.token.7', 'nuki.token.8']);
  });

  it('undo nothing of each other, however their writes are interleaved, and leave no token without its account', async () => {
    const act = fc.record({
      window: fc.constantFrom<('one' | 'another')[]>('one', 'another'),
      does: fc.constantFrom('keep', 'rename', 'remove', 'look'),
      id: fc.constantFrom('7', '8', '9'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.scheduler(), async (acts, scheduler) => {
        const secrets = new (class extends FakeSecrets {
          override store = scheduler.scheduleFunction((key: string, value: string) => super.store(key, value));
          override delete = scheduler.scheduleFunction((key: string) => super.delete(key));
        })();
        const windows = twoWindows(secrets);
        const run = async ({ window, does, id }: (typeof acts)[number]): Promise<void> => {
          const { book, records } = windows[window];
          if (does === 'keep') await book.keep({ id, label: `added as ${id}` }, token);
          if (does === 'rename') book.rename(id, `named ${id}`);
          if (does === 'remove') await book.remove(id);
          if (does === 'look') records.reload();
        };
        const ends = acts.map((each) => run(each).catch((error: unknown) => error));
        await scheduler.waitFor(Promise.all(ends));
        for (const error of await Promise.all(ends))
          assert.ok(error === undefined || withReason('accountRemoved')(error));
        windows.one.records.reload();
        windows.another.records.reload();
        const ids = windows.one.book.entries.map(({ id }) => id);
        assert.deepEqual(windows.one.book.entries, windows.another.book.entries);
        for (const key of secrets.kept.keys()) assert.ok(ids.includes(key.slice('nuki.token.'.length)), key);
        const untouched = ids.filter((id) => !acts.some((each) => each.id === id && each.does === 'remove'));
        for (const id of untouched) assert.equal(secrets.kept.get(`nuki.token.${id}`), token);
        const added = acts.filter(({ does }) => does === 'keep').map(({ id }) => id);
        for (const id of added) {
          const isRemoved = acts.some((each) => each.id === id && each.does === 'remove');
          assert.ok(isRemoved || ids.includes(id), `${id} was added and is gone`);
        }
      }),
    );
  });

  it('tell of what the other has added, renamed or removed, once each, and of nothing else', async () => {
    const { one, another } = twoWindows();
    await one.book.keep(entry, token);
    another.records.reload();
    assert.deepEqual([another.book.entries, another.changes.length], [[entry], 1]);
    one.book.rename('7', 'Cottage');
    another.records.reload();
    assert.deepEqual([another.book.entries[0]?.label, another.changes.length], ['Cottage', 2]);
    one.records.write('something else', true);
    another.records.reload();
    assert.equal(another.changes.length, 2);
    await one.book.remove('7');
    another.records.reload();
    assert.deepEqual([another.book.entries, another.changes.length], [[], 3]);
  });

  it('give no client for an account that the other has removed, though this one has not looked yet', async () => {
    const { one, another } = twoWindows();
    await one.book.keep(entry, token);
    another.records.reload();
    const [source] = another.book.sources();
    assert.ok(await source?.client());
    await one.book.remove('7');
    await assert.rejects(source?.client() ?? assert.fail(), withReason('accountRemoved'));
    assert.deepEqual([another.book.entries, another.changes.length], [[], 2], 'and it is gone here, too');
  });

  it('rename nothing that the other has removed', async () => {
    const { one, another, disk } = twoWindows();
    await one.book.keep(entry, token);
    another.records.reload();
    await one.book.remove('7');
    assert.throws(() => another.book.rename('7', 'Cottage'), withReason('accountRemoved'));
    assert.deepEqual([...disk], []);
  });
});
