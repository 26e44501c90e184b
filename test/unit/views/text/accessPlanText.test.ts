import assert from 'node:assert/strict';
import type { Entry } from '../../../../src/access/file/accessFile.ts';
import type { Finding, Plan, Step, Wanted } from '../../../../src/access/plan/accessPlan.ts';
import type { Owned, Written } from '../../../../src/access/record/accessRecord.ts';
import { inEnglish } from '../../../../src/base/locale.ts';
import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import { typeOfCredential } from '../../../../src/nuki/authorization/credential.ts';
import { accessPlanText, type PlanContext } from '../../../../src/views/text/accessPlanText.ts';
import { entry, written } from '../../access/entries.ts';

const now = Date.UTC(2026, 10, 23, 12);
const [front, garage] = [1, 2];
const text: PlanContext = {
  context: { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 },
  account: 'Home',
  fileName: 'club',
  doors: [front, garage],
  isUnsaved: false,
  deviceName: (id) => ({ [front]: 'Front Door', [garage]: 'Garage' })[id] ?? `Door ${id}`,
  zone: (id) => (id === garage ? undefined : 'Europe/Berlin'),
};

const wanted = (of: Entry, as: Partial<Written> = {}, smartlockId = front): Wanted => ({
  entry: of,
  smartlockId,
  part: 0,
  type: typeOfCredential[of.by],
  as: written(of.name, as),
});
const owned = (key: string, more: Partial<Owned> = {}): Owned => ({
  entry: key,
  smartlockId: front,
  part: 0,
  by: 'code',
  id: `id-of-${key}`,
  written: written(key),
  ...more,
});
const listed = (name: string, more: Partial<Authorization> = {}): Authorization => ({
  id: `id-of-${name}`,
  smartlockId: front,
  name,
  type: 13,
  operationId: false,
  ...more,
});
const add = (of: Entry, as: Partial<Written> = {}, smartlockId = front): Step => ({
  kind: 'add',
  waitsForRemovals: false,
  wanted: wanted(of, as, smartlockId),
});
const planOf = (steps: readonly Step[], findings: readonly Finding[] = []): Plan => ({
  kind: 'plan',
  accountId: '7',
  readAt: now,
  steps,
  findings,
  record: [],
});
const linesOf = (plan: Plan): readonly string[] => accessPlanText(plan, text).text.split('\n').filter(Boolean);

describe('the plan of an access file', () => {
  it('has what there is to do door by door, each kind under its heading, in the order of the file', () => {
    const change = (key: string, more: Partial<Step & { kind: 'change' }>): Step => ({
      kind: 'change',
      wanted: wanted(entry(key), { allowedWeekDays: 124 }),
      owned: owned(key),
      before: listed(key, { allowedWeekDays: 96 }),
      changes: {},
      gains: [],
      losses: [],
      isRenamed: false,
      ...more,
    });
    const steps: readonly Step[] = [
      add(entry('b', { index: 2 }), { allowedWeekDays: 3 }),
      add(entry('a', { index: 1 }), {}, garage),
      add(entry('first')),
      change('wider', { gains: ['weekdays'] }),
      change('narrower', { before: listed('narrower', { allowedWeekDays: 127 }), losses: ['weekdays'] }),
      change('new name', { before: listed('old name', { allowedWeekDays: 124 }), isRenamed: true }),
      { kind: 'remove', owned: owned('gone'), before: listed('gone') },
      {
        kind: 'remove',
        owned: owned('over'),
        before: listed('over', { allowedUntilDate: '2026-01-01T00:00:00.000Z' }),
      },
    ];
    assert.deepEqual(linesOf(planOf(steps)), [
      'Plan for club',
      linesOf(planOf([]))[1],
      '  Added: 3 · Widened: 1 · Narrowed: 1 · Renamed: 1 · Removed: 2',
      '  Nothing has been sent. "Apply Access Plan…" asks first.',
      'Front Door · Europe/Berlin',
      '  Added · 2',
      '    + first · keypad code · Can always enter',
      '    + b · keypad code · Can enter Sat, Sun',
      '  Widened · 1',
      '    + wider · keypad code · Also Wed–Fri',
      '      Mon, Tue → Mon–Fri',
      '  Narrowed · 1',
      '    - narrower · keypad code · No longer Sat, Sun',
      '      always → Mon–Fri',
      '  Renamed · 1',
      '    ~ new name · keypad code · Was old name',
      '  Removed · 2',
      '    - gone · keypad code · Can no longer enter',
      '    - over · keypad code · No one loses access: expired',
      'Garage',
      '  Added · 1',
      '    + a · keypad code · Can always enter',
    ]);
  });

  it('says what it does nothing about, and why', () => {
    const ben = entry('ben', { by: 'app', email: 'ben@example.com' });
    const created = '2026-01-01T00:00:00.000Z'; // which Nuki fills in as the start
    const findings: readonly Finding[] = [
      { kind: 'unknown', smartlockId: garage, why: 'offline' },
      { kind: 'blocked', wanted: wanted(entry('full')), why: 'codesFull' },
      {
        kind: 'drifted',
        owned: owned('moved', { created, written: written('moved', { allowedFromDate: created }) }),
        wanted: wanted(entry('moved')),
        now: listed('moved', { allowedWeekDays: 3 }),
      },
      { kind: 'drifted', owned: owned('lost') },
      { kind: 'pending', smartlockId: front, owned: owned('sent', { asked: { kind: 'remove', at: '' } }) },
      { kind: 'waiting', step: { kind: 'remove', owned: owned('kept'), before: listed('kept') } },
      { kind: 'ambiguous', owned: owned('twins', { id: undefined }), candidates: [listed('x'), listed('y')] },
      { kind: 'smartHosting', smartlockId: front },
    ];
    const page = accessPlanText(planOf([add(ben)], findings), text);
    assert.deepEqual(page.text.split('\n').filter(Boolean).slice(4), [
      'Front Door · Europe/Berlin',
      '  Nuki may require Smart Hosting for short-term rental access to this device through its API.',
      '  Added · 1',
      '    + ben · app · Can always enter · The account user ben@example.com is created first',
      "  Can't be added · 1",
      '    ! full · keypad code · no free code slot',
      '  Changed elsewhere · 2',
      '    ! moved · keypad code',
      '      always → Sat, Sun',
      '    ! lost · keypad code · no longer listed by Nuki · no longer in this file',
      '  Waiting · 2',
      '    … sent · keypad code · deletion not confirmed',
      '    … kept · keypad code · Can no longer enter · Waits for what has to be done before it',
      '  Unknown · 1',
      "    ! twins · keypad code · 2 authorizations match, so it isn't known which one is from this file",
      'Garage',
      '  Unknown · 1',
      '    ! Offline. Nothing is planned for this device.',
    ]);
    const lines = page.text.split('\n');
    assert.deepEqual(
      page.offers.map(({ line, ...offer }) => [lines[line], offer]),
      [
        ['    ! moved · keypad code', { kind: 'drifted', smartlockId: front, id: 'id-of-moved' }],
        [
          '    ! lost · keypad code · no longer listed by Nuki · no longer in this file',
          { kind: 'drifted', smartlockId: front, id: 'id-of-lost' },
        ],
      ],
    );
  });

  it('says that there is nothing to do only where nothing is open', () => {
    const foreign: Finding = { kind: 'foreign', smartlockId: front, authorization: listed('Anna') };
    assert.ok(linesOf(planOf([], [foreign])).includes('  Nothing to do. The devices are as this file says.'));
    const open: Finding = { kind: 'drifted', owned: owned('x') };
    assert.ok(linesOf(planOf([], [open])).includes('  Nothing to apply now.'));
  });

  it('counts what is not from the file, and lists the first 20 of each door', () => {
    const foreign = Array.from({ length: 23 }, (_, index): Finding => ({
      kind: 'foreign',
      smartlockId: front,
      authorization: listed(`Guest ${index}`, { type: index === 0 ? 1 : 13 }),
    }));
    const page = accessPlanText(planOf([], foreign), text);
    const lines = page.text.split('\n').filter(Boolean);
    assert.ok(lines.includes('  Not from this file: 23'));
    assert.ok(lines.includes('  Front Door · 23'));
    assert.deepEqual(lines.slice(-2), ['    Guest 19 · keypad code', '    and 3 more']);
    assert.deepEqual(
      page.offers.map(({ line, ...offer }) => [page.text.split('\n')[line], offer]),
      [['Not from this file', { kind: 'allForeign' }]],
    );
    assert.deepEqual(accessPlanText(planOf([], foreign.slice(0, 1)), text).offers, [], 'none for a bridge');
  });

  it('shows foreign names as they are, on one line and without links, and leads from them to the entry of the file', () => {
    const page = accessPlanText(planOf([add(entry('k', { name: '# <b>\n[a](command:x) https://b\u202e' }))]), text);
    const lines = page.text.split('\n');
    const line = lines.indexOf('    + # <b> [a](command:x) https: //b · keypad code · Can always enter');
    assert.ok(line > 0, page.text);
    assert.deepEqual(page.links, [{ line, from: 6, until: lines[line]?.indexOf(' · Can'), entry: 'k' }]);
  });

  it('takes 200 ms of work at most for 200 entries on 20 doors among 20,000 other authorizations', () => {
    const dates = { allowedFromDate: '2027-06-16T13:00:00.000Z', allowedUntilDate: '2027-06-30T08:00:00.000Z' };
    const doors = Array.from({ length: 20 }, (_, door) => door + 1);
    const steps = doors.flatMap((door) =>
      Array.from({ length: 200 }, (_, index) => add(entry(`entry-${index}`, { index }), dates, door)),
    );
    const others = doors.flatMap((smartlockId) =>
      Array.from({ length: 1_000 }, (_, index): Finding => ({
        kind: 'foreign',
        smartlockId,
        authorization: listed(`Guest ${index}`),
      })),
    );
    const plan = planOf(steps, others);
    accessPlanText(planOf(steps.slice(0, 10)), text);
    const start = process.cpuUsage();
    const page = accessPlanText(plan, { ...text, doors, zone: () => 'Europe/Berlin' });
    const took = process.cpuUsage(start).user / 1_000;
    assert.equal(page.links.length, 4_000);
    assert.ok(took < 200, `${took} ms`);
  });
});
