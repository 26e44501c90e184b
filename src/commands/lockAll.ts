import { l10n, ProgressLocation, window } from 'vscode';
import { refOf } from '../model/deviceRef.ts';
import type { ActResult, Refusal } from '../model/doorkeeper.ts';
import type { AccountState, DeviceReading, DeviceState } from '../model/snapshots.ts';
import { isDoorOpen, isOnline } from '../nuki/smartlock.ts';
import { actions, kindOf, kinds } from '../nuki/vocabulary/kinds.ts';
import { serverStates, word } from '../nuki/vocabulary/words.ts';
import { forNotification } from '../base/safeText.ts';
import { accountName } from '../views/text/accountText.ts';
import { outcomeSentence } from '../views/text/actionText.ts';
import { deviceSummary } from '../views/text/deviceText.ts';
import { describeError } from '../views/text/errorText.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { moment } from '../views/text/timeText.ts';
import { inShownOrder } from '../model/shownOrder.ts';
import { deviceIconName } from '../views/tree/icons.ts';
import { checkAgainButton } from './buttons.ts';
import { withSubject } from './commandError.ts';
import { confirmInModal } from './modal.ts';
import { nameOf, pickAccount } from './pick.ts';
import type { CommandServices } from './services.ts';

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
  const { report } = services;
  const failures = await lockEach(locks.toLock, services);
  const parts = [
    ...(failures.length < locks.toLock.length ? [l10n.t('{0} locked.', locks.toLock.length - failures.length)] : []),
    ...cut(failures, longest.notification),
    ...notIncluded(account, locks, services),
  ];
  if (parts.length === 1 && failures.length === 0) return report.inform(parts.join(' '));
  report.warnUntilClosed(parts.join(' '), checkAgainButton(account.id, services));
}

/** @throws {CommandError} */
async function readAnew(account: AccountState, services: CommandServices): Promise<ReadonlyMap<number, DeviceReading>> {
  const name = accountName(account, services.renderContext());
  const title = forNotification(l10n.t('Reading the locks of {0}…', name));
  return await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
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
    return isNews && deviceIconName(state, context) === 'lock' ? 'locked' : 'toLock';
  };
  const groups = Map.groupBy(inShownOrder(account.devices ?? [], context.language), kindOfDoing);
  const { toLock = [], locked = [], leftOut = [] } = Object.fromEntries(groups);
  return { locked, toLock, leftOut };
}

function reportNothingToLock(account: AccountState, locks: Locks, readAt: number, services: CommandServices): void {
  const { report, renderContext } = services;
  const name = accountName(account, services.renderContext());
  const time = moment(readAt, renderContext().ownNow, renderContext());
  const left = notIncluded(account, locks, services);
  const count = locks.locked.length;
  const done =
    count === 0
      ? l10n.t('{0}: there is no lock that can be reached, as read at {1}.', name, time)
      : l10n.t(
          count === 1
            ? '{0}: 1 lock can be reached, and is locked, as read at {1}.'
            : '{0}: {2} locks can be reached, and all are locked, as read at {1}.',
          name,
          time,
          count,
        );
  if (left.length === 0) return report.inform(done);
  report.warnUntilClosed([done, ...left].join(' '), checkAgainButton(account.id, services));
}

/** The lines below the question: what will be locked, what will not, and how old all that is. */
function detailOf(account: AccountState, locks: Locks, readAt: number, services: CommandServices): string {
  const context = services.renderContext();
  const line = (state: DeviceState): string => `${nameOf(state, services)}: ${deviceSummary(state, context)}`;
  const left = [...locks.leftOut.map(line), ...unreadable(account)];
  return [
    ...cut(locks.toLock.map(line), longest.question),
    ...(left.length > 0 ? ['', l10n.t('Not included:'), ...cut(left, longest.question)] : []),
    '',
    ...(locks.toLock.some(({ device }) => isDoorOpen(device))
      ? [l10n.t('You are asked again about each lock whose door is open.')]
      : []),
    l10n.t('Read at {0}. Each is read again before it is locked.', moment(readAt, context.ownNow, context)),
  ].join('\n');
}

/** What is not included, in a sentence with reasons; nothing where nothing is left out. */
function notIncluded(account: AccountState, { leftOut }: Locks, services: CommandServices): readonly string[] {
  const context = services.renderContext();
  const named = leftOut.map((state) => {
    const now = services.store.device(refOf(state)) ?? state;
    return `${nameOf(state, services)} (${deviceSummary(now, context)})`;
  });
  const left = [...named, ...unreadable(account)];
  return left.length === 0 ? [] : [l10n.t('Not included: {0}.', cut(left, longest.notification).join(', '))];
}

function unreadable({ unreadable: { length } }: AccountState): readonly string[] {
  if (length === 0) return [];
  return [l10n.t(length === 1 ? '{0} device that cannot be read' : '{0} devices that cannot be read', length)];
}

/** The first of the texts, and how many there are besides. */
function cut(texts: readonly string[], length: number): readonly string[] {
  if (texts.length <= length + 1) return texts;
  return [...texts.slice(0, length), l10n.t('and {0} more', texts.length - length)];
}

/** So many locks are asked at once, and the next ones so many milliseconds later: dozens at once were refused with 429 elsewhere. */
const pace = { atOnce: 8, stepMs: 1_500 };

/** Locks all soon, those with open doors one after the other, as the user is asked about each. @returns a sentence for each that failed */
async function lockEach(toLock: readonly DeviceState[], services: CommandServices): Promise<readonly string[]> {
  const failures = new Map<DeviceState, string>();
  const lock = async (state: DeviceState): Promise<void> => {
    const failure = failureOf(await services.doorkeeper.act(refOf(state), 'lock'), state, services);
    if (failure !== undefined) failures.set(state, failure);
  };
  const inTurn = async (states: readonly DeviceState[]): Promise<void> => {
    for (const state of states) await lock(state);
  };
  await Promise.all([
    ...toLock
      .filter(({ device }) => !isDoorOpen(device))
      .map(async (state, index) => {
        await services.clock.wait(Math.floor(index / pace.atOnce) * pace.stepMs);
        await lock(state);
      }),
    inTurn(toLock.filter(({ device }) => isDoorOpen(device))),
  ]);
  return toLock.flatMap((state) => failures.get(state) ?? []);
}

/** What became of a lock that is not known to be locked now; `undefined` of one that is. */
function failureOf(result: ActResult, state: DeviceState, services: CommandServices): string | undefined {
  const name = nameOf(state, services);
  if (!result.sent && result.refusal.kind === 'elsewhere' && isLocked(result.refusal)) return undefined;
  if (!result.sent) return refusalText(result.refusal, name, state, services);
  const { outcome } = result;
  if (outcome.kind === 'confirmed' && !outcome.now) return undefined;
  const { device } = services.store.device(refOf(state)) ?? state;
  return outcomeSentence(outcome, 'lock', name, device, services.renderContext());
}

type Elsewhere = Extract<Refusal, { kind: 'elsewhere' }>;

/** Whether another window has locked it meanwhile. */
function isLocked({ action, outcome }: Elsewhere): boolean {
  return action === 'lock' && outcome?.kind === 'confirmed';
}

function elsewhereText({ action }: Elsewhere, name: string): string {
  return l10n.t(
    '{0}: another window is running "{1}". Nothing was sent from this window.',
    name,
    l10n.t(actions[action].name),
  );
}

function refusalText(refusal: Refusal, name: string, { accountId }: DeviceState, services: CommandServices): string {
  const { renderContext, store } = services;
  const refused = (reason: string): string => l10n.t('{0} could not be locked: {1}. Nothing was sent.', name, reason);
  switch (refusal.kind) {
    case 'declined':
      return l10n.t('{0} was left as it is.', name);
    case 'unsupported':
      return l10n.t('{0} is no longer listed. Nothing was sent.', name);
    case 'busy':
      return l10n.t('{0} is busy with another operation. Nothing was sent.', name);
    case 'elsewhere':
      return elsewhereText(refusal, name);
    case 'offline':
      return refused(word(serverStates, refusal.device.serverState, l10n.t));
    case 'notReady':
      return refused(word(kindOf(refusal.device.type).modes, refusal.device.state?.mode, l10n.t));
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
