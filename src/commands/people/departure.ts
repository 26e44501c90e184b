import { l10n, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../../base/safeText.ts';
import { entryKey, type ListedEntry } from '../../model/authorizations/entries.ts';
import { unlistedHolder, type Holder, type HolderId } from '../../model/people/holders.ts';
import { Departure, readHolderAccess, removePerson, type HolderAccess } from '../../model/people/departure.ts';
import { byFavoriteThenName } from '../../model/shownOrder.ts';
import { ignoreNukiError, NukiError } from '../../nuki/http/errors.ts';
import {
  requestedLine,
  departureDocument,
  heldLine,
  type DepartureContext,
  type PersonResult,
} from '../../views/text/departureText.ts';
import { outcomeDocument } from '../../views/text/outcomeDocument.ts';
import { holderName } from '../../views/text/peopleText.ts';
import { addressOf } from '../../views/tree/nodes.ts';
import { logDoubt } from '../authorizations/unconfirmedAuthorizations.ts';
import { withSubject } from '../commandError.ts';
import { listOf, shownLines } from '../listOf.ts';
import { confirmInModal } from '../modal.ts';
import { accountNameOf, deviceNameOf } from '../pick.ts';
import { stoppable, stoppableRead } from '../progress.ts';
import type { CommandServices } from '../services.ts';
import { showDocument } from '../showDocument.ts';

/** Someone who leaves, and what the words about it need. */
interface Leaving {
  readonly accountId: string;
  readonly id: HolderId;
  readonly services: CommandServices;
  readonly text: DepartureContext;
}

/**
 * Takes everything back that someone has on any door: asks once with all of it listed, deletes that and nothing else, and, after another
 * question, the account user. What was seen of it is a document.
 */
export async function leave(hint: unknown, services: CommandServices): Promise<void> {
  const address = addressOf(hint);
  if (address?.kind !== 'holder') return;
  const { accountId, holder: id } = address;
  await withSubject({ accountId }, async () => {
    const access = await read(accountId, id, services);
    if (!access) return;
    const leaving = { accountId, id, services, text: textOf(accountId, holderOf(id, access), services) };
    if (access.isOwner) return tellOwner(leaving);
    const agreed = await agree(access, leaving);
    if (agreed) await takeBack(agreed, leaving);
  });
}

function tellOwner(leaving: Leaving): undefined {
  leaving.services.report.inform(l10n.t('{0} owns this account. Nothing was sent.', nameIn(leaving)));
}

/** @returns `undefined` when the user cancels */
async function read(
  accountId: string,
  id: HolderId,
  { store, renderContext }: CommandServices,
): Promise<HolderAccess | undefined> {
  const access = await stoppableRead(l10n.t('Reading authorizations…'), (options) =>
    readHolderAccess(store, accountId, id, options),
  );
  const compare = byFavoriteThenName(renderContext().language);
  return access && { ...access, held: access.held.toSorted((a, b) => compare(a.state, b.state)) };
}

function holderOf(id: HolderId, { person, held }: HolderAccess): Holder {
  if (person) return { kind: 'person', person, held };
  return { ...unlistedHolder({ name: held[0]?.authorization.name ?? '', ...id }), held };
}

function textOf(accountId: string, holder: Holder, services: CommandServices): DepartureContext {
  return {
    get context() {
      return services.renderContext();
    },
    account: accountNameOf(accountId, services),
    holder,
    deviceName: (smartlockId) => deviceNameOf({ accountId, smartlockId }, services),
  };
}

function nameIn({ text, services }: Pick<Leaving, 'text' | 'services'>): string {
  return holderName(text.holder, services.renderContext());
}

/** What the user has agreed to, and what was there when it was read after that. */
interface Agreed {
  readonly asked: readonly ListedEntry[];
  readonly now: HolderAccess;
}

/** Asks until nothing has appeared since the question. @returns `undefined` when the user cancels */
async function agree(first: HolderAccess, leaving: Leaving): Promise<Agreed | undefined> {
  const { accountId, id, services } = leaving;
  let now = first;
  let refused: ReadonlySet<string> = new Set();
  for (;;) {
    const { held } = now;
    if (held.length + now.requested.length === 0) {
      if (now.person) return { asked: [], now };
      services.report.inform(l10n.t('No matching authorizations.'));
      return undefined;
    }
    const asked = await choose(held, refused, leaving);
    if (!asked || (held.length > 0 && asked.length === 0)) return undefined;
    if (asked.length > 0 && !(await confirm(asked, now, leaving))) return undefined;
    const offered = new Set(held.map(entryKey));
    const again = await read(accountId, id, services);
    if (!again) return undefined;
    if (again.isOwner) return tellOwner(leaving);
    if (again.held.every((each) => offered.has(entryKey(each)))) return { asked, now: again };
    services.report.inform(l10n.t('More was found meanwhile, so the question comes again.'));
    const kept = new Set(asked.map(entryKey));
    refused = new Set([...offered].filter((key) => !kept.has(key)));
    now = again;
  }
}

interface Choice extends QuickPickItem {
  readonly held: ListedEntry;
}

/** Of several authorizations that only a name connects, those that are meant. @returns `undefined` when the user cancels */
async function choose(
  held: readonly ListedEntry[],
  refused: ReadonlySet<string>,
  { id, text }: Leaving,
): Promise<readonly ListedEntry[] | undefined> {
  if (!('name' in id) || held.length < 2) return held;
  const choices = held.map((each): Choice => ({
    label: forIcons(heldLine(each, text)),
    picked: id.name !== '' && !refused.has(entryKey(each)),
    held: each,
  }));
  const chosen = await window.showQuickPick(choices, {
    title: l10n.t('{0}: which of these?', holderName(text.holder, text.context)),
    placeHolder: l10n.t("Grouped by name. Whether it's one person is a guess."),
    canPickMany: true,
  });
  return chosen?.map((choice) => choice.held);
}

async function confirm(
  asked: readonly ListedEntry[],
  { requested, namesakes, hasUnreadable }: HolderAccess,
  leaving: Leaving,
): Promise<boolean> {
  const { text, services } = leaving;
  const name = nameIn(leaving);
  const lines = asked.map((each) => heldLine(each, text));
  if (lines.length > shownLines) await showDocument(outcomeDocument(l10n.t('To be deleted: {0}', name), lines));
  const paragraphs = [
    listOf(lines, (each) => each),
    ...(requested.length > 0
      ? [`${l10n.t('Not listed yet, so it stays:')}\n${listOf(requested, (each) => requestedLine(each, text))}`]
      : []),
    ...(namesakes.length > 0
      ? [`${l10n.t('Same name, not included:')}\n${listOf(namesakes, (each) => heldLine(each, text))}`]
      : []),
    ...(hasUnreadable ? [l10n.t("Some authorizations couldn't be read. They aren't listed here.")] : []),
    ...('name' in leaving.id && asked.length > 1
      ? [l10n.t("Grouped by name. Whether it's one person is a guess.")]
      : []),
  ];
  const question =
    asked.length === 1
      ? l10n.t('{0} leaves: delete {1} authorization?', name, asked.length)
      : l10n.t('{0} leaves: delete {1} authorizations?', name, asked.length);
  return await confirmInModal({ question, detail: paragraphs.join('\n\n'), yes: l10n.t('Delete') }, services.clock);
}

async function takeBack({ asked, now }: Agreed, leaving: Leaving): Promise<void> {
  const { services, text, accountId, id } = leaving;
  const departure = new Departure(asked, now, { ...services, nukiNow: () => services.serverClock.now() });
  let wasStopped = false;
  if (asked.length > 0) {
    await stoppable(l10n.t('Deleting the authorizations of {0}…', nameIn(leaving)), async (progress, signal) => {
      const subscription = services.store.onDidChange(() =>
        progress.report({ message: l10n.t('{0} of {1}', departure.goneCount, asked.length) }),
      );
      try {
        await departure.remove(signal);
      } finally {
        subscription.dispose();
      }
      wasStopped = signal.aborted;
    });
    if (departure.doubt) logDoubt('departure', departure.doubt, services.report);
  }
  const open = [
    ...departure.results(id).flatMap(({ held, result }) => (result === 'gone' ? [] : [heldLine(held, text)])),
    ...now.requested.map((each) => requestedLine(each, text)),
  ];
  // Whether a device is offline is part of what is said of it.
  if (open.length > 0) await services.store.refresh(accountId, { lane: 'follow' });
  const person = now.person && (await endPerson(now.person.accountUserId, open, leaving));
  // Nuki does not say whether an account user takes authorizations along.
  if (person !== undefined && person !== 'kept' && open.length > 0)
    await services.store.readAllAuthorizations(accountId, 'follow').catch(ignoreNukiError);
  const { requested, namesakes, hasUnreadable } = now;
  await showDocument(
    departureDocument(
      { results: departure.results(id), requested, namesakes, person, hasUnreadable, wasStopped },
      text,
    ),
  );
}

/** Deletes the account user after a question of its own. `open`: which authorizations are not confirmed to be gone. */
async function endPerson(accountUserId: number, open: readonly string[], leaving: Leaving): Promise<PersonResult> {
  const { accountId, services } = leaving;
  const name = nameIn(leaving);
  const detail = [
    ...(open.length > 0
      ? [`${l10n.t('Not confirmed to be gone, and may still open doors:')}\n${listOf(open, (each) => each)}`]
      : []),
    l10n.t("Nuki doesn't say whether this deletes authorizations too."),
  ];
  const isYes = await confirmInModal(
    { question: l10n.t('Delete the account user {0} too?', name), detail: detail.join('\n\n'), yes: l10n.t('Delete') },
    services.clock,
  );
  if (!isYes) return 'kept';
  try {
    return await stoppable(l10n.t('Deleting the account user {0}…', name), async (_, signal) => {
      const { isGone, doubt } = await removePerson(services, accountId, accountUserId, signal);
      if (doubt) logDoubt('account user', doubt, services.report);
      if (isGone) return 'gone';
      return doubt ? 'unknown' : 'listed';
    });
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    services.report.log(`the account user was not deleted: ${error.message}`);
    return 'refused';
  }
}
