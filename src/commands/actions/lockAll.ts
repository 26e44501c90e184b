import { l10n } from 'vscode';
import { refOf } from '../../model/deviceRef.ts';
import type { ActResult, Refusal } from '../../model/actions/doorkeeper.ts';
import type { Outcome } from '../../model/actions/operation.ts';
import type { AccountState, DeviceReading, DeviceState } from '../../model/snapshots.ts';
import { isDoorOpen, isOnline, type Smartlock } from '../../nuki/smartlock.ts';
import { kindOf, kinds } from '../../nuki/vocabulary/kinds.ts';
import { serverStates, word } from '../../nuki/vocabulary/words.ts';
import { forNotification } from '../../base/safeText.ts';
import { accountName } from '../../views/text/accountText.ts';
import { elsewhereSentence, outcomeSentence } from '../../views/text/actionText.ts';
import { deviceSummary, kindText } from '../../views/text/deviceText.ts';
import { describeError } from '../../views/text/errorText.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { moment } from '../../views/text/timeText.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import { closedLock, deviceIconName } from '../../views/tree/icons.ts';
import type { Button } from '../../report.ts';
import { refreshButton } from '../buttons.ts';
import { withSubject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { confirmInModal } from '../modal.ts';
import { nameOf, pickAccount } from '../pick.ts';
import { withProgress } from '../progress.ts';
import { reportErrors } from '../register.ts';
import type { CommandServices } from '../services.ts';

/** How many lines of a kind the question has, and how many devices a notification names. */
const longest = { question: 10, notification: 4 };

/** A yes to what was read longer ago than this, in ms, is for what is read again: others may have been unlocked meanwhile. */
const questionStandsMs = 60_000;

/** What there is to do in an account that was just read. */
interface Locks {
  readonly locked: readonly DeviceState[];
  readonly toLock: readonly DeviceState[];
  /** What cannot be reached, and what may be a lock of an unfamiliar kind. */
  readonly leftOut: readonly DeviceState[];
}

/**
 * Locks every lock of an account that is not known to be locked. Reads the account first: what is said of its doors is said from that.
 * Says which and what is left out, asks once, and tells what became of each.
 */
export async function lockAll(hint: unknown, services: CommandServices): Promise<void> {
  const picked = await pickAccount(hint, services, l10n.t('Lock All'), ({ devices = [] }) => devices.length > 0);
  if (!picked) return;
  await lockAllOf(picked, services);
}

/** `agreed`: to lock which devices the user has said yes, from what was read before. */
async function lockAllOf(picked: AccountState, services: CommandServices, agreed?: ReadonlySet<number>): Promise<void> {
  const { store, renderContext, clock } = services;
  const readAt = clock.now();
  const readings = await readAnew(picked, services);
  const account = store.account(picked.id);
  if (!account) return;
  const locks = locksOf(account, readings, renderContext());
  if (locks.toLock.length === 0) return reportNothingToLock(account, locks, readAt, services);
  const ids = new Set(locks.toLock.map(({ device }) => device.smartlockId));
  const isAgreed = agreed !== undefined && [...ids].every((id) => agreed.has(id));
  if (!isAgreed && !(await isWished(account, locks, readAt, services))) return;
  if (clock.now() - readAt > questionStandsMs) return await lockAllOf(picked, services, ids);
  await lockAndTell(account, locks, services);
}

async function isWished(
  account: AccountState,
  locks: Locks,
  readAt: number,
  services: CommandServices,
): Promise<boolean> {
  const question = {
    question: l10n.t(
      locks.toLock.length === 1 ? 'Lock {0} device of {1}?' : 'Lock {0} devices of {1}?',
      locks.toLock.length,
      accountName(account, services.renderContext()),
    ),
    detail: detailOf(account, locks, readAt, services),
    yes: l10n.t('Lock All'),
  };
  return await confirmInModal(question, services.clock);
}

async function lockAndTell(account: AccountState, locks: Locks, services: CommandServices): Promise<void> {
  const ends = await lockEach(locks.toLock, services);
  const failures = ends.flatMap(({ failure }) => failure ?? []);
  const locked = ends.filter(({ failure }) => failure === undefined);
  const isAjar = ({ device }: End): boolean => isDoorOpen(device);
  const troubles = [
    ...cut(failures, longest.notification, 'And {0} more.'),
    ...leftOutSentences(account, locks, services),
    ...lockedSentence(locked.filter(isAjar), services),
  ];
  const again: Button = {
    title: l10n.t('Try Again'),
    run: () => reportErrors(commandIds.lockAll, services, () => lockAllOf(account, services)),
  };
  const mends = failures.length > 0 ? again : refreshButton(account.id, services);
  const done = lockedSentence(
    locked.filter((end) => !isAjar(end)),
    services,
  );
  tell(troubles, done, mends, services);
}

/** Which locks are locked, by name where they are few, and when the last of them was confirmed; nothing of none. */
function lockedSentence(locked: readonly End[], services: CommandServices): readonly string[] {
  const [first] = locked;
  if (!first) return [];
  const context = services.renderContext();
  const names = locked.map(({ state }) => nameOf(state, services));
  const list =
    names.length > longest.notification
      ? l10n.t('{0} devices', names.length)
      : new Intl.ListFormat(context.language, { type: 'conjunction' }).format(names);
  const at = Math.max(...locked.map((end) => end.at ?? 0));
  return [outcomeSentence({ kind: 'confirmed', at }, 'lock', list, first.device, context)];
}

/** Says a result, in the status bar too: what the user has to look at first, which makes it stay until it is closed. */
function tell(
  troubles: readonly string[],
  done: readonly string[],
  mends: Button,
  { announcer, report }: CommandServices,
): void {
  const result = [...troubles, ...done].join(' ');
  if (troubles.length === 0) {
    announcer.say(result);
    return report.inform(result);
  }
  announcer.warn(result);
  report.warnUntilClosed(result, mends);
}

/** @throws {CommandError} */
async function readAnew(account: AccountState, services: CommandServices): Promise<ReadonlyMap<number, DeviceReading>> {
  const name = accountName(account, services.renderContext());
  const title = forNotification(l10n.t('Checking the locks of {0}…', name));
  return await withProgress(title, () =>
    withSubject({ accountId: account.id }, () => services.store.readDevices(account.id, 'follow')),
  );
}

function locksOf(account: AccountState, readings: ReadonlyMap<number, DeviceReading>, context: RenderContext): Locks {
  const kindOfDoing = (state: DeviceState): keyof Locks | 'none' => {
    const { device } = state;
    if (!kinds[device.type]) return 'leftOut';
    if (kindOf(device.type).actions.lock === undefined) return 'none';
    if (!isOnline(device)) return 'leftOut';
    const isNews = readings.get(device.smartlockId)?.news === 'news';
    // The icon is a closed lock only where that is known.
    return isNews && deviceIconName(state, context) === closedLock ? 'locked' : 'toLock';
  };
  const groups = Map.groupBy(inShownOrder(account.devices ?? [], context.language), kindOfDoing);
  const { toLock = [], locked = [], leftOut = [] } = Object.fromEntries(groups);
  return { locked, toLock, leftOut };
}

function reportNothingToLock(account: AccountState, locks: Locks, readAt: number, services: CommandServices): void {
  const context = services.renderContext();
  const name = accountName(account, context);
  const time = moment(readAt, context.ownNow, context);
  const count = locks.locked.length;
  const known =
    count === 0
      ? l10n.t('{0}: there is no lock that can be reached and locked (checked {1}).', name, time)
      : l10n.t(
          count === 1
            ? '{0}: the only reachable lock is locked (checked {1}).'
            : '{0}: all {2} reachable locks are locked (checked {1}).',
          name,
          time,
          count,
        );
  tell(leftOutSentences(account, locks, services), [known], refreshButton(account.id, services), services);
}

/** The lines below the question: what will be locked, what will not and why, and how old all that is. */
function detailOf(account: AccountState, locks: Locks, readAt: number, services: CommandServices): string {
  const context = services.renderContext();
  const line = (state: DeviceState): string => `${nameOf(state, services)}: ${deviceSummary(state, context)}`;
  const [open, closed] = byDoor(locks.toLock);
  const left = [...locks.leftOut.map(line), ...unreadable(account)];
  const lists: readonly (readonly [heading: string | undefined, lines: readonly string[]])[] = [
    [undefined, closed.map(line)],
    [l10n.t('Door open – Keyturner asks about each:'), open.map(line)],
    [l10n.t('Not included:'), left],
  ];
  return [
    ...lists.flatMap(([heading, lines]) =>
      lines.length === 0 ? [] : [...(heading === undefined ? [] : [heading]), ...cut(lines, longest.question), ''],
    ),
    l10n.t('Updated {0}. Each lock is checked again before it is locked.', moment(readAt, context.ownNow, context)),
  ].join('\n');
}

/** Those whose door stands open, and the others. */
function byDoor(
  states: readonly DeviceState[],
): readonly [open: readonly DeviceState[], closed: readonly DeviceState[]] {
  const isOpen = ({ device }: DeviceState): boolean => isDoorOpen(device);
  return [states.filter(isOpen), states.filter((state) => !isOpen(state))];
}

/** What is not locked because it was left out, with reasons. */
function leftOutSentences(account: AccountState, { leftOut }: Locks, services: CommandServices): readonly string[] {
  const notLocked = leftOut.map((state) => {
    const { device } = services.store.device(refOf(state)) ?? state;
    return notLockedSentence(nameOf(state, services), leftOutReason(device, services.renderContext()));
  });
  return [...cut(notLocked, longest.notification, 'And {0} more.'), ...unreadable(account).map((count) => `${count}.`)];
}

function notLockedSentence(name: string, reason: string): string {
  return l10n.t('{0} could not be locked: {1}.', name, reason);
}

function leftOutReason(device: Smartlock, context: RenderContext): string {
  return kinds[device.type] ? word(serverStates, device.serverState, context.t) : kindText(device, context);
}

function unreadable({ unreadable: { length } }: AccountState): readonly string[] {
  if (length === 0) return [];
  return [l10n.t(length === 1 ? "{0} device couldn't be read" : "{0} devices couldn't be read", length)];
}

/** The first of the texts, and in words how many there are besides. */
function cut(texts: readonly string[], length: number, besides = 'and {0} more'): readonly string[] {
  if (texts.length <= length + 1) return texts;
  return [...texts.slice(0, length), l10n.t(besides, texts.length - length)];
}

/** So many locks are asked at once, and the next ones so many milliseconds later: dozens at once were refused with 429 elsewhere. */
const pace = { atOnce: 8, stepMs: 1_500 };

/** What became of a lock: when it was confirmed to be locked, in milliseconds since 1970, or a sentence that says why it may not be. */
interface End {
  readonly state: DeviceState;
  /** As it is known after that. */
  readonly device: Smartlock;
  readonly at?: number;
  readonly failure?: string;
}

/** Locks all soon, those with open doors one after the other, as the user is asked about each. */
async function lockEach(toLock: readonly DeviceState[], services: CommandServices): Promise<readonly End[]> {
  const ends = new Map<DeviceState, End>();
  const lock = async (state: DeviceState): Promise<void> => {
    ends.set(state, endOf(await services.doorkeeper.act(refOf(state), 'lock'), state, services));
  };
  const inTurn = async (states: readonly DeviceState[]): Promise<void> => {
    for (const state of states) await lock(state);
  };
  const [open, closed] = byDoor(toLock);
  await Promise.all([
    ...closed.map(async (state, index) => {
      await services.clock.wait(Math.floor(index / pace.atOnce) * pace.stepMs);
      await lock(state);
    }),
    inTurn(open),
  ]);
  return toLock.flatMap((state) => ends.get(state) ?? []);
}

function endOf(result: ActResult, state: DeviceState, services: CommandServices): End {
  const name = nameOf(state, services);
  const { device } = services.store.device(refOf(state)) ?? state;
  const outcome = result.sent ? result.outcome : lockingElsewhere(result.refusal);
  if (outcome?.kind === 'confirmed' && !outcome.now) return { state, device, at: outcome.at };
  const failure = result.sent
    ? outcomeSentence(result.outcome, 'lock', name, device, services.renderContext())
    : refusalText(result.refusal, name, { ...state, device }, services);
  return { state, device, failure };
}

/** How another window's locking has ended. */
function lockingElsewhere(refusal: Refusal): Outcome | undefined {
  return refusal.kind === 'elsewhere' && refusal.action === 'lock' ? refusal.outcome : undefined;
}

function refusalText(
  refusal: Refusal,
  name: string,
  { accountId, device }: DeviceState,
  services: CommandServices,
): string {
  const { renderContext, store } = services;
  switch (refusal.kind) {
    case 'declined':
      return l10n.t('{0} was not locked, as you chose.', name);
    case 'unsupported':
      return l10n.t('{0} is no longer listed. Nothing was sent.', name);
    case 'busy':
      return l10n.t('{0} is busy with another operation. Nothing was sent.', name);
    case 'elsewhere':
      return elsewhereSentence(refusal, 'lock', name, device, renderContext());
    case 'offline':
      return notLockedSentence(name, word(serverStates, refusal.device.serverState, l10n.t));
    case 'notReady':
      return notLockedSentence(name, word(kindOf(refusal.device.type).modes, refusal.device.state?.mode, l10n.t));
    case 'unread':
    case 'refused': {
      const account = store.account(accountId);
      const names = {
        account: account ? accountName(account, services.renderContext()) : '',
        device: name,
        undone: refusal.kind,
      };
      return l10n.t('{0} was not locked. {1}', name, describeError(refusal.error, names, renderContext()));
    }
  }
}
