import assert from 'node:assert/strict';
import { standingOf, standstillOf } from '../../../../src/model/authorizations/standing.ts';
import type { DeviceState } from '../../../../src/model/snapshots.ts';
import type { PendingChange } from '../../../../src/model/authorizations/pendingChanges.ts';
import { activitySchema } from '../../../../src/nuki/http/schemas.ts';
import { decode } from '../../../../src/nuki/http/decode.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { authorization, lock } from '../../devices.ts';
import { pendingCreation, pendingDeletion, pendingEdit } from '../../pendingChanges.ts';

const unused = { lockCount: 0, lastActiveDate: null };
const waiting = (creationDate: string): Authorization =>
  authorization({ id: creationDate, ...unused, creationDate, updateDate: null });
const confirmed = (updateDate: string): Authorization => authorization({ id: updateDate, updateDate });
const at = (time: string): number => Date.parse(`2026-11-26T${time}:00.000Z`);
const iso = (time: string): string => new Date(at(time)).toISOString();

interface Known {
  readonly items?: readonly Authorization[];
  readonly pendingChanges?: readonly PendingChange[];
  readonly logDates?: readonly string[];
}

function stateOf({ items = [], pendingChanges = [], logDates = [] }: Known): DeviceState {
  const entries = logDates.map((date, index) => decode(activitySchema, { id: String(index), action: 1, date }));
  return {
    accountId: '7',
    device: lock(),
    seenAt: 0,
    authorizations: { items, unreadable: [], readAt: 0 },
    pendingChanges,
    activity: { items: entries, isComplete: true, oldestId: undefined, unreadable: 0, readAt: 0 },
  };
}

const since = (known: Known, now = '12:00', ahead = 0): string | undefined => {
  const standstill = standstillOf(stateOf(known), { now: at(now), ownNow: at(now) + ahead });
  return standstill && new Date(standstill.since).toISOString();
};

describe('a device that confirms nothing', () => {
  it('stands still since the oldest that waits, when nothing has come since', () => {
    const items = [waiting(iso('10:00')), waiting(iso('10:30')), confirmed(iso('09:00'))];
    assert.equal(since({ items }), iso('10:00'));
  });

  it('stands still since its last sign, of its authorizations or of its log, when that is newer', () => {
    const items = [waiting(iso('10:00')), confirmed(iso('11:00'))];
    assert.equal(since({ items }), iso('11:00'));
    assert.equal(since({ items, logDates: [iso('11:30'), iso('08:00')] }), iso('11:30'));
    assert.equal(since({ items, logDates: [iso('11:58')] }), undefined);
  });

  it('does not stand still while nothing waits, however old its last sign is', () => {
    assert.equal(since({ items: [confirmed('2024-01-01T00:00:00.000Z')] }), undefined);
    assert.equal(since({}), undefined);
  });

  it('has five minutes', () => {
    const items = [waiting(iso('10:00'))];
    assert.equal(since({ items }, '10:05'), undefined);
    assert.equal(since({ items }, '10:06'), iso('10:00'));
  });

  it('waits for what was sent from here and taken by Nuki, by Nuki’s clock', () => {
    const sent = { since: at('11:00') };
    for (const change of [pendingCreation(sent), pendingEdit(sent), pendingDeletion(sent)]) {
      assert.equal(since({ pendingChanges: [change] }), iso('11:00'), change.kind);
    }
    assert.equal(since({ pendingChanges: [pendingEdit(sent)] }, '12:00', 600_000), iso('10:50'));
    assert.equal(since({ pendingChanges: [pendingCreation({ ...sent, answer: 'unknown' })] }), undefined);
  });

  it('has given no sign in the future', () => {
    const items = [waiting(iso('10:00'))];
    assert.equal(since({ items, logDates: ['2027-01-01T00:00:00.000Z'] }), iso('10:00'));
    const { lastSign } = standstillOf(stateOf({ items }), { now: at('12:00'), ownNow: at('12:00') }) ?? {};
    assert.equal(lastSign, undefined);
  });
});

describe('the standing of an authorization', () => {
  const entry = authorization({ id: 'a' });

  it('has the change of it, and before that its creation', () => {
    const created = pendingCreation({ listedAs: ['a'] });
    const state = stateOf({ items: [entry], pendingChanges: [created] });
    assert.equal(standingOf(entry, state).pending, created);
    const changed = pendingEdit({ id: 'a' });
    const both = stateOf({ items: [entry], pendingChanges: [created, changed] });
    assert.equal(standingOf(entry, both).pending, changed);
    assert.equal(standingOf(authorization({ id: 'b' }), both).pending, undefined);
  });
});
