import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { yieldToEventLoop } from '../../base/eventLoop.ts';
import { forIcons } from '../../base/safeText.ts';
import type { Entry } from '../../model/authorizations/entries.ts';
import { refOf } from '../../model/deviceRef.ts';
import { whoCanEnter, type DoorAnswer, type Moment } from '../../model/calendar/whoCanEnter.ts';
import { inShownOrder } from '../../model/shownOrder.ts';
import type { AccountState } from '../../model/snapshots.ts';
import { readMoment, type TypedMoment } from '../../nuki/time/typedMoment.ts';
import { dateText } from '../../nuki/time/typedTime.ts';
import { weekdayNames } from '../../nuki/time/weekdays.ts';
import {
  answerParts,
  answerSummary,
  answerText,
  questionText,
  type AnswerPart,
} from '../../views/text/calendarText.ts';
import { deviceName } from '../../views/text/deviceText.ts';
import { devicesIn } from '../../views/text/duplicateNames.ts';
import { describeError, needsToken } from '../../views/text/errorText.ts';
import { isoDate } from '../../views/text/timeText.ts';
import { idOf, type NodeId } from '../../views/tree/nodes.ts';
import { stoppableRead } from '../progress.ts';
import { copyQuietly } from '../clipboard.ts';
import { CommandError } from '../commandError.ts';
import { commandIds } from '../ids.ts';
import { accountNameOf, pickAccount } from '../pick.ts';
import { reportErrors } from '../register.ts';
import type { Services } from '../services.ts';

/** Asks for a moment, and says who can enter which door of an account then. */
export async function askWhoCanEnter(hint: unknown, services: Services): Promise<void> {
  const { renderContext } = services;
  const title = l10n.t('Who Can Enter at…');
  const picked = await pickAccount(hint, services, title, ({ devices = [] }) => devices.length > 0);
  const typed = picked && (await askForMoment(title, services));
  const account = typed && (await readAccess(picked.id, services));
  if (!account) return;
  const moment: Moment =
    typed === 'now' ? { kind: 'instant', instant: renderContext().now } : { kind: 'wallTime', ...typed };
  const doors = inShownOrder(account.devices ?? [], renderContext().language);
  const answers = await whoCanEnter(doors, moment);
  showAnswers({ account, moment, answers }, services);
}

async function askForMoment(title: string, { renderContext }: Services): Promise<TypedMoment | undefined> {
  const { language, ownNow } = renderContext();
  const read = (text: string): TypedMoment | undefined => readMoment(text, language, isoDate(ownNow));
  const examples = `${weekdayNames(language, 'long')[6]} 15:00, ${dateText(isoDate(ownNow), language)} 15:00`;
  const text = await window.showInputBox({
    title,
    prompt: l10n.t("Date and time on each lock's own clock, or now"),
    placeHolder: examples,
    validateInput: (value) =>
      read(value) === undefined ? l10n.t('Enter a date and a time, such as {0}.', examples) : undefined,
  });
  return text === undefined ? undefined : read(text);
}

/**
 * Reads all authorizations of an account. What was read before will do where Nuki cannot be asked.
 * @returns `undefined` when the user cancels, or the account is gone
 * @throws {CommandError}
 */
async function readAccess(accountId: string, { store }: Services): Promise<AccountState | undefined> {
  const account = await stoppableRead(l10n.t('Reading authorizations…'), async (options) => {
    await store.readAccess(accountId, { joins: true, ...options });
    return store.account(accountId);
  });
  if (!account) return undefined;
  const { allAuthorizationsError: error, allAuthorizationsReadAt: readAt } = account;
  if (error && (readAt === undefined || needsToken(error))) throw new CommandError(error, { accountId });
  return account;
}

interface Answered {
  readonly account: AccountState;
  readonly moment: Moment;
  readonly answers: readonly DoorAnswer[];
}

/** More entries than that are not listed at once, but door by door. */
const mostEntries = 500;

interface Row extends QuickPickItem {
  readonly node?: NodeId;
  readonly answer?: DoorAnswer;
}

/** Shows the answers; a choice reveals the authorization in the sidebar, and a button copies them all. */
function showAnswers(answered: Answered, services: Services): void {
  const { account, moment, answers } = answered;
  const context = services.renderContext();
  const entries = answers.reduce((count, { entrants }) => count + entrants.length, 0);
  const isLong = entries > mostEntries && answers.length > 1;
  const list = window.createQuickPick<Row>();
  list.title = questionText(moment, context);
  list.placeholder = noteOn(answered, services);
  list.matchOnDescription = true;
  list.buttons = [{ iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy') }];
  list.items = isLong
    ? answers.map((answer) => doorRow(answer, answered, services))
    : answers.flatMap((answer) => detailedRows(answer, answered, services));
  list.onDidAccept(() => {
    const [row] = list.selectedItems;
    list.hide();
    if (row?.answer) showAnswers({ account, moment, answers: [row.answer] }, services);
    const node = row?.node;
    if (node !== undefined) void reportErrors(commandIds.askWhoCanEnter, services, () => services.reveal(node));
  });
  list.onDidTriggerButton(() => {
    list.hide();
    void reportErrors(commandIds.askWhoCanEnter, services, () => copyAnswers(answered, services));
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

/** How old the answers are, where Nuki could not be asked, and what can be done with them. */
function noteOn({ account }: Answered, services: Services): string {
  const { allAuthorizationsError: error, allAuthorizationsReadAt: refreshedAt } = account;
  const name = accountNameOf(account.id, services);
  return error
    ? describeError(error, { account: name, refreshedAt }, services.renderContext())
    : l10n.t('As listed by Nuki. Choose one to show it in the sidebar.');
}

function partsOf(answer: DoorAnswer, { account, moment }: Answered, services: Services): readonly AnswerPart[] {
  return answerParts(answer, moment, devicesIn(account), services.renderContext());
}

function doorRow(answer: DoorAnswer, { account }: Answered, { renderContext }: Services): Row {
  const context = renderContext();
  return {
    label: forIcons(deviceName(answer.state.device, devicesIn(account), context)),
    description: answerSummary(answer, context),
    answer,
  };
}

function detailedRows(answer: DoorAnswer, answered: Answered, services: Services): readonly Row[] {
  const ref = refOf(answer.state);
  return partsOf(answer, answered, services).flatMap(({ heading, lines }): readonly Row[] => [
    { label: forIcons(heading), kind: QuickPickItemKind.Separator },
    ...lines.map(({ text, detail, entry }) => ({
      label: forIcons(text),
      description: forIcons(detail),
      node: entry ? nodeOf(entry) : idOf({ ...ref, kind: 'authorizations' }),
    })),
  ]);
}

function nodeOf(entry: Entry): NodeId {
  const ref = refOf(entry.state);
  return entry.kind === 'listed'
    ? idOf({ ...ref, kind: 'authorization', id: entry.authorization.id })
    : idOf({ ...ref, kind: 'pendingAuthorization', key: entry.creation.key });
}

/** Copies what is said of all doors, with turns for everything else. */
async function copyAnswers(answered: Answered, services: Services): Promise<void> {
  const { account, moment, answers } = answered;
  const texts = [questionText(moment, services.renderContext())];
  if (account.allAuthorizationsError) texts.push(noteOn(answered, services));
  for (const answer of answers) {
    texts.push(answerText(partsOf(answer, answered, services)));
    await yieldToEventLoop();
  }
  await copyQuietly(`${texts.join('\n\n')}\n`, l10n.t('Answer copied'));
}
