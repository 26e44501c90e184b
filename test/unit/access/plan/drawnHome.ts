import type { AccessFile, Entry, Moment } from '../../../../src/access/file/accessFile.ts';
import type { Step } from '../../../../src/access/plan/accessPlan.ts';
import { writtenOf } from '../../../../src/access/plan/asWritten.ts';
import { keyOfOwned, type Asked, type Owned } from '../../../../src/access/record/accessRecord.ts';
import type { AccountState, DeviceState } from '../../../../src/model/snapshots.ts';
import type { Person } from '../../../../src/nuki/account.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { completedChanges, withChanges } from '../../../../src/nuki/authorization/authorizationWrites.ts';
import { withCompleteLimits } from '../../../../src/nuki/authorization/completeLimits.ts';
import { timeZones } from '../../../../src/nuki/time/timeZones.ts';
import { pick, type Random } from '../../../../src/simulator/random.ts';
import { lock, lockId } from '../../devices.ts';
import { app, code } from './homes.ts';
import { fileDoor } from '../entries.ts';

// Homes and files drawn at random, and a player that does on the lists what a plan says, as Nuki and the locks would.

const minute = 60_000;
const day = 86_400_000;

/** A day before clocks change in Europe or America, twice, and days on which nothing changes for weeks. */
const starts = [
  '2026-10-24T10:00Z',
  '2027-03-27T10:00Z',
  '2027-03-13T15:00Z',
  '2026-10-31T15:00Z',
  '2027-06-16T08:30Z',
];
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];

export interface DrawnDoor {
  readonly smartlockId: number;
  readonly alias: string;
  readonly zone: string;
  readonly hasKeypad: boolean;
  readonly trouble: 'offline' | 'notRead' | 'unreadable' | undefined;
  items: readonly Authorization[];
}

export class DrawnHome {
  readonly #random: Random;
  readonly doors: readonly DrawnDoor[];
  #count = 0;
  now: number;
  people: readonly Person[];
  record: readonly Owned[] = [];
  /** Which authorizations the file has made. */
  readonly ours = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
    this.now = Date.parse(pick(random, starts));
    this.people = [
      { accountUserId: 1, name: 'Anna', email: 'Anna@Example.com ' },
      { accountUserId: 2, name: 'Ben', email: 'ben@example.com' },
    ];
    this.doors = ['front', 'garage', 'cellar'].map((alias, index) => ({
      smartlockId: lockId + index,
      alias,
      zone: pick(random, zones),
      hasKeypad: random.next() < 0.95,
      trouble: random.next() < 0.9 ? undefined : pick(random, ['offline', 'notRead', 'unreadable']),
      items: [],
    }));
  }

  get account(): AccountState {
    const readAt = this.now - minute; // by the computer's clock, which is a minute behind
    const devices = this.doors.map(({ smartlockId, zone, hasKeypad, trouble, items }): DeviceState => {
      const unreadable = trouble === 'unreadable' ? [{ index: 0, id: 'x', problem: 'type' }] : [];
      const config = { timezoneId: timeZones.findIndex((each) => each === zone), keypadPaired: hasKeypad };
      return {
        accountId: '7',
        device: lock({ smartlockId, serverState: trouble === 'offline' ? 4 : 0 }, {}, config),
        seenAt: readAt,
        authorizations: trouble === 'notRead' ? undefined : { items, unreadable, readAt },
      };
    });
    const people = { items: this.people, readAt };
    return { id: '7', label: 'Home', simulated: true, devices, unreadable: [], people, refreshedAt: readAt };
  }

  get times() {
    return { now: this.now, ownNow: this.now - minute };
  }

  door(smartlockId: number): DrawnDoor {
    const door = this.doors.find((each) => each.smartlockId === smartlockId);
    if (!door) throw new Error(`no door ${smartlockId}`);
    return door;
  }

  #chance(probability: number): boolean {
    return this.#random.next() < probability;
  }

  #nextId(): string {
    this.#count += 1;
    return this.#count.toString(16).padStart(24, '0');
  }

  /** What others have at the doors, sometimes with the names of the file, and now and then as much as fits. */
  addForeign(): void {
    for (const door of this.doors) {
      const drawn = Math.floor(this.#random.next() * 4);
      const filling = this.#chance(0.04) ? (door.items.length > 0 ? 199 : 200) : 0;
      const kind = pick(this.#random, [13, 2]);
      const fillers = Array.from({ length: filling }, (_, place) =>
        code(this.#nextId(), `Full ${place}`, { type: kind }),
      );
      const others = Array.from({ length: drawn }, () =>
        this.#chance(0.3)
          ? app(this.#nextId(), pick(this.#random, [1, 2, 9]))
          : code(this.#nextId(), pick(this.#random, ['Name a', 'Name b', 'Neighbor']), this.#drawLimits()),
      );
      door.items = [...door.items, ...others, ...fillers];
    }
  }

  #drawLimits(): Partial<Authorization> {
    return this.#chance(0.5) ? {} : { allowedWeekDays: 124, allowedFromTime: 540, allowedUntilTime: 1020 };
  }

  drawFile(): AccessFile {
    const keys = ['a', 'b', 'c', 'd', 'e'].filter(() => this.#chance(0.6));
    return this.fileOf(keys.map((key) => this.#drawEntry(key)));
  }

  /** Without what the problems of a file would stop: two entries of one person at one door. */
  fileOf(entries: readonly Entry[]): AccessFile {
    const taken = new Set<string>();
    const kept = entries.map((entry, index) => {
      const doors = entry.doors.filter((door) => {
        const holder = `${door}/${entry.by}/${entry.email ?? entry.name}`;
        const isFree = !taken.has(holder);
        taken.add(holder);
        return isFree;
      });
      return { ...entry, index, doors };
    });
    return {
      doors: this.doors.map(({ alias, smartlockId }) => fileDoor(alias, { smartlockId })),
      entries: kept.filter(({ doors }) => doors.length > 0),
      sources: [],
    };
  }

  #drawEntry(key: string): Entry {
    const by = pick(this.#random, ['code', 'code', 'code', 'app', 'fob'] as const);
    return {
      index: 0,
      key,
      name: `Name ${key}`,
      doors: this.#drawDoors(),
      by,
      ...(by !== 'code' && { email: this.#drawEmail() }),
      remote: by === 'app' && this.#chance(0.3),
      enabled: this.#chance(0.9),
      days: this.#drawDays(),
      hours: this.#drawHours(),
      from: this.#drawMoment(-10, 12),
      until: this.#drawMoment(-2, 40),
    };
  }

  #drawDoors(): readonly string[] {
    return this.doors.map(({ alias }) => alias).filter(() => this.#chance(0.6));
  }

  #drawEmail(): string {
    return pick(this.#random, ['anna@example.com', ' BEN@example.com', 'carla@example.com']);
  }

  #drawDays(): number {
    return pick(this.#random, [127, 127, 124, 3, 64, 1, 85]);
  }

  #drawHours(): Entry['hours'] {
    const drawn = pick(this.#random, [
      [0, 0],
      [540, 1020],
      [600, 1080],
      [60, 300],
      [1320, 360],
      [1380, 1200],
      [1200, 120],
      [1080, 900],
    ]);
    const [from = 0, until = 0] = drawn;
    return from === until ? undefined : { from, until };
  }

  #drawMoment(first: number, last: number): Moment | undefined {
    if (this.#chance(0.5)) return undefined;
    const days = first + Math.floor(this.#random.next() * (last - first));
    const date = new Date(this.now + days * day).toISOString().slice(0, 10);
    const time = pick(this.#random, ['00:00', '10:00', '15:00', '23:30', '02:30']);
    const disambiguation = this.#chance(0.7) ? pick(this.#random, ['earlier', 'later'] as const) : undefined;
    return { date, time, seconds: pick(this.#random, [0, 0, 59]), ...(disambiguation && { disambiguation }) };
  }

  /** What its owner makes of a file. */
  changed({ entries }: AccessFile): AccessFile {
    const kept = entries.flatMap((entry) =>
      this.#chance(0.15) ? [] : [this.#chance(0.6) ? this.#changedEntry(entry) : entry],
    );
    const more = this.#chance(0.4) ? [this.#drawEntry(pick(this.#random, ['f', 'g']))] : [];
    return this.fileOf(this.#chance(0.2) ? [...more, ...kept.toReversed()] : [...kept, ...more]);
  }

  #changedEntry(entry: Entry): Entry {
    const { by } = entry;
    const changes: readonly (() => Partial<Entry>)[] = [
      () => ({ name: `Renamed ${entry.key}` }),
      () => ({ hours: this.#drawHours() }),
      () => ({ hours: this.#drawHours(), days: this.#drawDays() }),
      () => ({ days: this.#drawDays() }),
      () => ({ from: this.#drawMoment(-10, 12) }),
      () => ({ until: this.#drawMoment(-2, 40) }),
      () => ({ doors: this.#drawDoors() }),
      () => ({ enabled: !entry.enabled }),
      () => ({ key: `${entry.key}-2` }),
      () => (by === 'code' ? { by: 'app', email: this.#drawEmail() } : { by: 'code', email: undefined, remote: false }),
      () => (by === 'code' ? {} : { email: this.#drawEmail() }),
      () => ({ remote: by === 'app' && !entry.remote }),
    ];
    return { ...entry, ...pick(this.#random, changes)(), ...(this.#chance(0.3) && pick(this.#random, changes)()) };
  }

  /** What others do to what the file has made, and what a crash leaves of what was asked. */
  meddle(): void {
    for (const door of this.doors) {
      door.items = door.items.flatMap((item) => {
        if (!this.ours.has(item.id) || this.#chance(0.8)) return [item];
        return pick(this.#random, [
          () => [],
          () => [{ ...item, name: 'Changed' }],
          () => [{ ...item, allowedWeekDays: 127, allowedFromTime: 0, allowedUntilTime: 0 }],
          () => [{ ...item, enabled: false }],
          () => [{ ...item, updateDate: undefined, lockCount: 0, lastActiveDate: undefined }],
          () => [{ ...item, operationId: true }],
          () => [{ ...item, creationDate: new Date(this.now - 3 * minute).toISOString() }],
        ])();
      });
    }
    this.record = this.record.map((owned) => (this.#chance(0.85) ? owned : this.#interrupted(owned)));
  }

  #interrupted(owned: Owned): Owned {
    const at = new Date(this.now - pick(this.#random, [2, 9, 11, 600]) * minute).toISOString();
    if (!owned.written) return owned;
    if (this.#chance(0.3)) return { ...owned, asked: { kind: 'remove', at } };
    if (this.#chance(0.4))
      return { ...owned, asked: { kind: 'change', at, to: { ...owned.written, allowedWeekDays: 124 } } };
    const { id: _, created: __, written, ...rest } = owned;
    const item = this.door(owned.smartlockId).items.find(({ id }) => id === owned.id);
    const others = this.door(owned.smartlockId).items.flatMap(({ id }) => (id === owned.id ? [] : [id]));
    return { ...rest, asked: { kind: 'add', at, to: written, accountUserId: item?.accountUserId, others } };
  }

  /** A record from a stranger names what is not of the file. */
  claimForeign(): void {
    const foreign = this.doors.flatMap(({ items, smartlockId }) =>
      items.filter(({ id }) => !this.ours.has(id)).map(({ id, type }) => ({ id, type, smartlockId })),
    );
    if (foreign.length === 0) return;
    const { id, type, smartlockId } = pick(this.#random, foreign);
    const written = { name: 'Mine', enabled: true, remoteAllowed: false };
    const by = type === 13 ? 'code' : type === 0 ? 'app' : 'fob';
    this.record = [...this.record, { entry: pick(this.#random, ['a', 'z']), smartlockId, part: 0, by, id, written }];
  }

  /** Does a step as Nuki and the lock would. Where the record is not `written` afterwards, it only has what was asked. */
  play(step: Step, isWritten: boolean): void {
    const door = this.door(step.kind === 'remove' ? step.owned.smartlockId : step.wanted.smartlockId);
    const at = new Date(this.now).toISOString();
    switch (step.kind) {
      case 'add': {
        const { entry, part, type, as } = step.wanted;
        const { smartlockId } = door;
        const accountUserId = entry.by === 'code' ? undefined : this.#personWith(entry.email ?? '');
        const others = door.items.map(({ id }) => id);
        const { enabled: _, ...requested } = withCompleteLimits(as, this.now);
        const item = {
          ...code(this.#nextId(), as.name),
          ...requested,
          type,
          accountUserId,
          creationDate: at,
          updateDate: at,
        };
        door.items = [...door.items, item];
        this.ours.add(item.id);
        const place = { entry: entry.key, smartlockId, part, by: entry.by };
        const asked: Asked = { kind: 'add', at, to: as, accountUserId, others };
        const { id } = item;
        this.record = this.record.filter((each) => keyOfOwned(each) !== keyOfOwned(place));
        this.#own({ ...place, ...(isWritten ? { id, created: at, written: writtenOf(item) } : { asked }) });
        return;
      }
      case 'change': {
        const { before, owned, wanted, changes } = step;
        const complete = completedChanges({ authorization: before, fields: before }, changes, this.now);
        const item = { ...withChanges(before, complete), updateDate: at };
        door.items = door.items.map((each) => (each.id === before.id ? item : each));
        this.#own(
          isWritten
            ? { ...owned, written: writtenOf(item), asked: undefined }
            : { ...owned, asked: { kind: 'change', at, to: wanted.as, updatedBefore: before.updateDate } },
        );
        return;
      }
      case 'remove':
        door.items = door.items.filter(({ id }) => id !== step.before.id);
        if (isWritten) this.record = this.record.filter((each) => keyOfOwned(each) !== keyOfOwned(step.owned));
        else this.#own({ ...step.owned, asked: { kind: 'remove', at } });
    }
  }

  #own(owned: Owned): void {
    this.record = [...this.record.filter((each) => keyOfOwned(each) !== keyOfOwned(owned)), owned];
  }

  #personWith(email: string): number {
    const key = email.trim().toLowerCase();
    const known = this.people.find((each) => each.email?.trim().toLowerCase() === key);
    if (known) return known.accountUserId;
    const accountUserId = 100 + this.people.length;
    this.people = [...this.people, { accountUserId, name: key, email: key }];
    return accountUserId;
  }
}
