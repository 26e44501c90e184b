import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AccountBook, withTimeout, ownerOf, reasonFor401, tokenIn } from '../../../src/model/accountBook.ts';
import { NukiError, type Reason } from '../../../src/nuki/http/errors.ts';
import type { NukiClient } from '../../../src/nuki/http/client.ts';
import { FakeClock } from '../fakeClock.ts';
import { FakeMemento, FakeSecrets, failing, listOf, pending, ScriptedApi } from './fakes.ts';

const token = '0123456789abcdef0123456789abcdef.-_AZ';
const other = 'fedcba9876543210fedcba9876543210';
const entry = { id: '7', label: 'Home' };

function bookOf(secrets = new FakeSecrets(), memento = new FakeMemento()) {
  const created: string[] = [];
  const createClient = (used: string): Promise<NukiClient> => {
    created.push(used);
    return Promise.resolve(new ScriptedApi(new FakeClock()));
  };
  const book = new AccountBook(secrets, memento, createClient);
  const changes: unknown[] = [];
  book.onDidChange(() => changes.push('changed'));
  return { book, secrets, memento, created, changes };
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
  it('keeps the token in the secrets, one key each, and only id and label in the memento', async () => {
    const { book, secrets, memento } = bookOf();
    assert.equal(await book.keep(entry, token), true);
    assert.deepEqual([...secrets.kept], [['nuki.token.7', token]]);
    assert.deepEqual([...memento.kept], [['nuki.accounts', [entry]]]);
    assert.ok(!JSON.stringify([...memento.kept]).includes(token));
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
    await book.rename('7', 'Cottage');
    assert.deepEqual(book.entries, [
      { id: '7', label: 'Cottage' },
      { id: '8', label: 'Office' },
    ]);
    assert.equal(changes.length, 3);
  });

  it('leaves nothing of an account that is removed, and nothing of others is lost', async () => {
    const { book, secrets, memento } = bookOf();
    await book.keep(entry, token);
    await book.keep({ id: '8', label: 'Office' }, other);
    await book.remove('7');
    assert.deepEqual([...secrets.kept.keys()], ['nuki.token.8']);
    assert.deepEqual([...memento.kept], [['nuki.accounts', [{ id: '8', label: 'Office' }]]]);
    await book.remove('8');
    assert.deepEqual([...secrets.kept], []);
    assert.deepEqual(book.sources(), []);
  });

  it('another window that changes a secret is followed without writing anything', async () => {
    const { book, secrets, memento, created, changes } = bookOf();
    await book.keep(entry, token);
    const before = [secrets.written.length, memento.written.length, changes.length];
    secrets.kept.set('nuki.token.7', other);
    book.secretChanged('nuki.token.7');
    book.secretChanged('somebody.elses.key');
    assert.deepEqual([secrets.written.length, memento.written.length], before.slice(0, 2));
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
      const memento = new FakeMemento();
      memento.kept.set('nuki.accounts', [entry]);
      const { book, created } = bookOf(secrets, memento);
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
    const memento = new FakeMemento();
    memento.kept.set('nuki.accounts', [entry]);
    const book = new AccountBook(withTimeout(silent, clock), memento, () => Promise.resolve(new ScriptedApi(clock)));
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

  it('takes nothing from a memento that holds something else', () => {
    for (const kept of [undefined, null, 'x', {}, [null, 1, {}, { id: 7, label: 'x' }, { id: '7' }]]) {
      const memento = new FakeMemento();
      memento.kept.set('nuki.accounts', kept);
      assert.deepEqual(bookOf(undefined, memento).book.entries, []);
    }
  });

  it('makes one client for an account, however many ask at once: its budget is one', async () => {
    const secrets = new FakeSecrets();
    secrets.kept.set('nuki.token.7', token);
    const memento = new FakeMemento();
    memento.kept.set('nuki.accounts', [entry]);
    const { book, created } = bookOf(secrets, memento);
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
      () => book.rename('7', 'Cottage'),
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
