import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { randomInt } from '../../base/randomInt.ts';
import { forIcons } from '../../base/safeText.ts';
import {
  planRotation,
  type CodeRotation,
  type LeftCode,
  type RotatedCode,
} from '../../model/authorizations/codeRotation.ts';
import { holdersOf, idOfHolder, keyOfHolder } from '../../model/people/holders.ts';
import { isUntold } from '../../model/authorizations/pendingChanges.ts';
import { limitingStart } from '../../nuki/authorization/completeLimits.ts';
import type { Schedule } from '../../nuki/authorization/schedule.ts';
import { timeZoneName } from '../../nuki/time/timeZones.ts';
import { authorizationName } from '../../views/text/authorizationText.ts';
import {
  isAllDone,
  leftCodeText,
  madeText,
  placeOfCode,
  rotationDocument,
  singleEndText,
  type RotationContext,
} from '../../views/text/codeRotationText.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import type { GuestAccess } from '../../webview/host/form/sending/guestMessage.ts';
import { copySecret } from '../clipboard.ts';
import { withSubject } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { listOf } from '../listOf.ts';
import { confirmInModal } from '../modal.ts';
import { accountNameOf, deviceNameOf } from '../pick.ts';
import { reportErrors } from '../register.ts';
import type { CommandServices } from '../services.ts';
import { showDocument } from '../showDocument.ts';
import { isCode, showCode } from './keypadCodes.ts';
import { pickAuthorizations, type Picked } from './pickAuthorization.ts';
import { stoppable, stoppableRead } from '../progress.ts';
import { subjectOf } from './unconfirmedAuthorizations.ts';

/** A rotation, and what its commands need. */
interface Rotating {
  readonly rotation: CodeRotation;
  readonly left: readonly LeftCode[];
  readonly text: RotationContext;
  readonly services: CommandServices;
}

/** Gives codes other digits: creates the new ones, shows them, and ends the old ones only once the user says so. */
export async function rotateCode(hint: unknown, selected: unknown, services: CommandServices): Promise<void> {
  const picked =
    codesOfHolder(hint, services) ??
    (await pickAuthorizations(hint, selected, services, l10n.t('Rotate Code'), isCode));
  const [first] = picked;
  if (!first) return;
  const { accountId } = first.state;
  const codes = picked.filter(({ state, authorization }) => state.accountId === accountId && isCode(authorization));
  const others = picked.length - codes.length;
  if (codes.length === 0) return services.report.inform(l10n.t('Only keypad codes can be rotated.'));
  const addresses = codes.map(({ state, authorization: { id, name } }) => ({
    smartlockId: state.device.smartlockId,
    id,
    name,
  }));
  const devices = [...new Set(addresses.map(({ smartlockId }) => smartlockId))];
  await withSubject(subjectOf(accountId, devices), async () => {
    const { store, writer, serverClock } = services;
    const rotating = { store, writer, now: () => serverClock.now(), randomInt };
    const plan = await stoppableRead(l10n.t('Reading the codes…'), ({ signal }) =>
      planRotation(accountId, addresses, rotating, signal),
    );
    if (plan) await rotate({ ...plan, text: textOf(accountId, services), services }, others);
  });
}

/** The codes of the person or the name that a row stands for. */
function codesOfHolder(
  hint: unknown,
  { store, renderContext }: Pick<CommandServices, 'store' | 'renderContext'>,
): readonly Picked[] | undefined {
  const address = addressOf(hint);
  if (address?.kind !== 'holder') return undefined;
  const account = store.account(address.accountId);
  const key = keyOfHolder(address.holder);
  const holders = account ? holdersOf(account, renderContext().language) : [];
  const holder = holders.find((each) => keyOfHolder(idOfHolder(each)) === key);
  return (holder?.held ?? []).filter(({ authorization }) => isCode(authorization));
}

function textOf(accountId: string, services: CommandServices): RotationContext {
  return {
    get context() {
      return services.renderContext();
    },
    account: accountNameOf(accountId, services),
    deviceName: (smartlockId) => deviceNameOf({ accountId, smartlockId }, services),
    zone: (smartlockId) => timeZoneName(services.store.device({ accountId, smartlockId })?.device.config?.timezoneId),
  };
}

async function rotate(rotating: Rotating, others: number): Promise<void> {
  const { rotation, left, text, services } = rotating;
  if (rotation.codes.length === 0) {
    const reasons = listOf(left, (each) => leftCodeText(each, text), ', ');
    return services.report.warn(l10n.t("Can't rotate {0}. Nothing was sent.", reasons));
  }
  if (!(await askToCreate(rotating, others))) return;
  const isDecided = ({ made }: RotatedCode): boolean => made.kind !== 'no' && made.kind !== 'open';
  await withDoorProgress(l10n.t('Creating the new code…'), rotating, isDecided, (watch) => rotation.create(watch));
  if (rotation.codes.some(isSent) && (await showNewCodes(rotating))) await end(rotating);
  await tellEnd(rotating);
}

async function askToCreate({ rotation, left, text, services }: Rotating, others: number): Promise<boolean> {
  const { codes } = rotation;
  const [first] = codes;
  const reasons = [
    ...left.map((each) => leftCodeText(each, text)),
    ...(others > 0 ? [l10n.t('{0} selected rows that are no keypad codes of this account', others)] : []),
  ];
  const question =
    first && codes.length === 1
      ? l10n.t('Rotate the code of {0}?', authorizationName(first.old, text.context))
      : l10n.t('Rotate {0} codes?', codes.length);
  const paragraphs = [
    listOf(codes, (code) => placeOfCode(code, text)),
    codes.length === 1
      ? l10n.t('A new code with the same schedule is created. The old code keeps working until you end it.')
      : l10n.t('New codes with the same schedules are created. The old codes keep working until you end them.'),
    ...(reasons.length > 0 ? [`${l10n.t('Not included:')}\n${listOf(reasons, (reason) => reason)}`] : []),
  ];
  return await confirmInModal(
    {
      question,
      detail: paragraphs.join('\n\n'),
      yes: codes.length === 1 ? l10n.t('Create New Code') : l10n.t('Create New Codes'),
    },
    services.clock,
  );
}

/** Runs a step with its progress, door by door, until it is over or the user stops waiting. */
async function withDoorProgress(
  title: string,
  { rotation, text }: Pick<Rotating, 'rotation' | 'text'>,
  isDone: (code: RotatedCode) => boolean,
  step: (watch: { readonly signal: AbortSignal; readonly onChange: () => void }) => Promise<void>,
): Promise<void> {
  await stoppable(title, async (progress, signal) => {
    const onChange = (): void => {
      const { codes } = rotation;
      const waiting = codes.filter((code) => !isDone(code));
      const doors = listOf(waiting, (code) => text.deviceName(code.smartlockId), ', ');
      const done = l10n.t('{0} of {1}', codes.length - waiting.length, codes.length);
      progress.report({ message: doors === '' ? done : `${done} · ${l10n.t('waiting for {0}', doors)}` });
    };
    onChange();
    await step({ signal, onChange });
  });
}

/** A row of the list of new codes. */
interface Row extends QuickPickItem {
  /** What it does before the list is shown again; without it the list stays closed. */
  readonly run?: () => unknown;
  /** Whether the old codes are to end. */
  readonly ends?: boolean;
}

/** Offers the new codes, until the user wants the old ones to end (`true`) or to stay; that they end is offered once each was shown. */
async function showNewCodes(rotating: Rotating): Promise<boolean> {
  const shown = new Set<string>();
  for (;;) {
    const { codes } = rotating.rotation;
    const row = await window.showQuickPick(rowsOf(rotating, shown), {
      title: l10n.t('New code: {0} of {1} saved on the lock', codes.filter(isConfirmed).length, codes.length),
      placeHolder: l10n.t('Copy or reveal each new code. Then you can end the old one.'),
      ignoreFocusOut: true,
    });
    if (!row?.run) return row?.ends === true;
    await row.run();
  }
}

function rowsOf(rotating: Rotating, shown: Set<string>): readonly Row[] {
  const { rotation, text, services } = rotating;
  const created = rotation.codes.filter(isSent);
  const groups = [...Map.groupBy(created, ({ code }) => code)];
  const open = created.filter(({ made }) => made.kind === 'open');
  const isEnding = groups.every(([code]) => shown.has(code)) && created.some(mayEnd);
  return [
    ...groups.flatMap(([code, doors]) => rowsOfCode(code, doors, rotating, () => shown.add(code))),
    { label: l10n.t('Old Code'), kind: QuickPickItemKind.Separator },
    ...(open.length > 0
      ? [
          {
            label: `$(refresh) ${l10n.t('Refresh')}`,
            detail: forIcons(
              listOf(
                open,
                (each) => `${text.deviceName(each.smartlockId)}: ${madeText(each.made, text.context)}`,
                ', ',
              ),
            ),
            run: () => reportErrors(commandIds.rotateCode, services, () => rotation.check()),
          },
        ]
      : []),
    ...(isEnding ? [{ label: `$(trash) ${l10n.t('End Old Code…')}`, ends: true }] : []),
    { label: `$(key) ${l10n.t('Keep Both Codes')}`, description: l10n.t('end the old one later') },
  ];
}

function rowsOfCode(
  code: string,
  doors: readonly RotatedCode[],
  { text, services }: Rotating,
  onShown: () => void,
): readonly Row[] {
  const [first] = doors;
  const name = first ? authorizationName(first.old, text.context) : '';
  const names = listOf(doors, ({ smartlockId }) => text.deviceName(smartlockId), ', ');
  const copyFor = (secret: string, sentence?: string): void => {
    onShown();
    void reportErrors(commandIds.rotateCode, services, () => copySecret(secret, services, sentence));
  };
  return [
    { label: forIcons(`${name} · ${names}`), kind: QuickPickItemKind.Separator },
    { label: `$(copy) ${l10n.t('Copy Code')}`, run: () => copyFor(code) },
    {
      label: `$(eye) ${l10n.t('Reveal Code')}`,
      run: async () => {
        onShown();
        await showCode(code, `${name} · ${names}`, services);
      },
    },
    {
      label: `$(mail) ${l10n.t('Copy Message for the Guest')}`,
      run: async () => {
        const { guestMessage } = await import('../../webview/host/form/sending/guestMessage.ts');
        const { context } = text;
        const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        const message = guestMessage(accessesOf(code, doors, text), context.language === 'de' ? 'de' : 'en', ownZone);
        copyFor(message, l10n.t('Message copied. The clipboard is cleared after 30 seconds.'));
      },
    },
  ];
}

/** What the message for a guest says of a code: doors with the same schedule and zone together. */
function accessesOf(
  code: string,
  doors: readonly RotatedCode[],
  { deviceName, zone }: RotationContext,
): readonly GuestAccess[] {
  const scheduleOf = ({ old }: RotatedCode): Schedule => {
    const { allowedUntilDate, allowedWeekDays, allowedFromTime, allowedUntilTime } = old;
    return {
      allowedFromDate: limitingStart(old),
      allowedUntilDate,
      allowedWeekDays,
      allowedFromTime,
      allowedUntilTime,
    };
  };
  const keyOf = (door: RotatedCode): string => JSON.stringify([scheduleOf(door), zone(door.smartlockId)]);
  return [...Map.groupBy(doors, keyOf).values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({
      credential: 'code' as const,
      code,
      doors: alike.map(({ smartlockId }) => deviceName(smartlockId)),
      schedule: scheduleOf(first),
      zone: zone(first.smartlockId),
      isInvited: false,
    })),
  );
}

const isSent = ({ made }: RotatedCode): boolean => made.kind === 'open' || made.kind === 'confirmed';
const isConfirmed = ({ made }: RotatedCode): boolean => made.kind === 'confirmed';
const isNeverTold = ({ made }: RotatedCode): boolean => made.kind === 'open' && isUntold(made.pending);
const mayEnd = (code: RotatedCode): boolean => isConfirmed(code) || isNeverTold(code);

/** Ends the old codes where the lock has confirmed the new one, and where the user has tried it; each after a question of its own. */
async function end(rotating: Rotating): Promise<void> {
  const { rotation, text, services } = rotating;
  const confirmed = rotation.codes.filter(isConfirmed);
  const untold = rotation.codes.filter(isNeverTold);
  const others = rotation.codes.filter((code) => !mayEnd(code));
  const lines = (codes: readonly RotatedCode[]): string => listOf(codes, (code) => placeOfCode(code, text));
  const kept = [
    ...others.map((code) => `${placeOfCode(code, text)}: ${madeText(code.made, text.context)}`),
    ...untold.map((code) => `${placeOfCode(code, text)}: ${l10n.t('asked next')}`),
  ];
  if (confirmed.length > 0) {
    const detail = [
      l10n.t('The locks have saved the new code. Anyone who knows only the old one is locked out:'),
      lines(confirmed),
    ];
    const isYes = await confirmInModal(
      {
        question: confirmed.length === 1 ? l10n.t('End the old code?') : l10n.t('End {0} old codes?', confirmed.length),
        detail: `${detail.join('\n\n')}${kept.length === 0 ? '' : `\n\n${l10n.t('Not included:')}\n${listOf(kept, (line) => line)}`}`,
        yes: confirmed.length === 1 ? l10n.t('End Old Code') : l10n.t('End Old Codes'),
      },
      services.clock,
    );
    if (!isYes) return;
    await endOn(confirmed, false, rotating);
  }
  if (untold.length === 0) return;
  const isTried = await confirmInModal(
    {
      question: l10n.t('Have you opened these doors with the new code?'),
      detail: `${l10n.t('These locks never confirm a code. End the old one only after you tried the new one at the keypad:')}\n${lines(untold)}`,
      yes: l10n.t('It Works, End Old Code'),
    },
    services.clock,
  );
  if (isTried) await endOn(untold, true, rotating);
}

async function endOn(codes: readonly RotatedCode[], isTried: boolean, rotating: Rotating): Promise<void> {
  const isOne = ({ old }: RotatedCode): boolean => codes.some((code) => code.old === old);
  await withDoorProgress(
    l10n.t('Ending the old code…'),
    rotating,
    (code) => !isOne(code) || code.ended.kind === 'done' || code.ended.kind === 'left' || code.ended.kind === 'refused',
    (watch) => rotating.rotation.end(codes, isTried, watch),
  );
}

/** In a notification where nothing was sent, or there is one door and nothing is open, otherwise in a document. */
async function tellEnd({ rotation, left, text, services }: Rotating): Promise<void> {
  const { codes } = rotation;
  const { report } = services;
  if (codes.every(({ made }) => made.kind === 'no')) return report.inform(l10n.t('Nothing was sent.'));
  const [first] = codes;
  const only = codes.length === 1 && left.length === 0 ? first : undefined;
  if (only && !isSent(only)) return report.warn(singleEndText(only, text));
  const isKept = only?.made.kind === 'confirmed' && only.ended.kind === 'no';
  if (only && (isKept || isAllDone(codes))) return report.inform(singleEndText(only, text));
  await showDocument(rotationDocument(codes, left, text));
}
