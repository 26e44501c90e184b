import type { TreeItem } from 'vscode';
import { authorizationType } from '../../nuki/authorization/authorizationType.ts';
import { idOfHolder, type Holder } from '../../model/people/holders.ts';
import { refOf } from '../../model/deviceRef.ts';
import { byFavoriteThenName } from '../../model/shownOrder.ts';
import { wasAccessRead, type AccountState, type DeviceState } from '../../model/snapshots.ts';
import { standingOf } from '../../model/authorizations/standing.ts';
import { accountName } from '../text/accountText.ts';
import { describeError, errorLabel } from '../text/errorText.ts';
import { holderName, holderSummary, opensAnything, type Holding } from '../text/peopleText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { holderIcon } from './authorizationIcons.ts';
import type { HolderCache } from './holderCache.ts';
import { icons } from './icons.ts';
import type { NodeAddress, PeopleNotice } from './nodes.ts';
import { noticeRow, treeItem } from './rows.ts';

/** More rows below one are not drawn: VS Code would draw all of them at every change. */
const mostRows = 500;

/** Closed at first: nothing is read before it is opened. */
export function peopleRow(account: AccountState, holders: HolderCache, context: RenderContext): TreeItem {
  const { id: accountId, people, peopleError } = account;
  const error = peopleError ?? account.allAuthorizationsError;
  const label = context.t('People');
  const count = people && String(holdersIn('person', account, holders, context).length);
  const summary = error ? errorLabel(error, undefined, context) : count;
  return treeItem({
    address: { kind: 'people', accountId },
    label,
    description: summary,
    tooltip: [label, summary].filter(Boolean).join('\n'),
    icon: error ? icons.warning : icons.people,
    contextValues: ['peopleOfAccount'],
    children: 'collapsed',
  });
}

/** The heading of the codes and fobs that belong to no account user. */
export function withoutPersonRow(account: AccountState, holders: HolderCache, context: RenderContext): TreeItem {
  const { t } = context;
  const label = t('Without a Person');
  const count = String(holdersIn('name', account, holders, context).length);
  return treeItem({
    address: { kind: 'withoutPerson', accountId: account.id },
    label,
    description: t('{0}, by name', count),
    tooltip: [
      `${label}: ${count}`,
      t('Codes and fobs that belong to no account user, grouped by name. Whether a name is one person is a guess.'),
    ].join('\n'),
    icon: icons.withoutPerson,
    contextValues: ['withoutPerson'],
    children: 'collapsed',
  });
}

/** What someone can open, and until when. */
export function holderRow(account: AccountState, holding: Holding, context: RenderContext): TreeItem {
  const { holder, requested } = holding;
  const hasCode = holder.held.some(({ authorization }) => authorization.type === authorizationType.keypadCode);
  return treeItem({
    address: { kind: 'holder', accountId: account.id, holder: idOfHolder(holder) },
    label: holderName(holder, context),
    description: holderSummary(holding, context),
    tooltip: undefined,
    icon: holderIcon(holder, holderState(holding, context)),
    contextValues: ['holder', ...(holder.kind === 'person' ? ['accountUser'] : []), ...(hasCode ? ['codeHolder'] : [])],
    children: holder.held.length + requested.length > 0 ? 'collapsed' : 'none',
  });
}

/** What a holder's icon tells: what is uncertain first. */
function holderState({ holder, requested }: Holding, context: RenderContext): Parameters<typeof holderIcon>[1] {
  const standings = holder.held.map(({ state, authorization }) => ({
    ...standingOf(authorization, state),
    isUnderWay: authorization.operationId,
  }));
  const pending = [...requested.map(({ creation }) => creation), ...standings.flatMap(({ pending: own }) => own ?? [])];
  if (pending.some(({ givenUp }) => givenUp)) return 'unconfirmed';
  if (pending.length > 0 || standings.some(({ isUnderWay }) => isUnderWay)) return 'underWay';
  if (standings.some(({ confirmation }) => confirmation === 'unconfirmed')) return 'unconfirmed';
  return holder.held.some((held) => opensAnything(held, context)) ? 'opens' : 'opensNothing';
}

function holdersIn(
  kind: Holder['kind'],
  account: AccountState,
  holders: HolderCache,
  { language }: Pick<RenderContext, 'language'>,
): readonly Holder[] {
  return holders.in(account, language).filter((holder) => holder.kind === kind);
}

/** The rows below the people of an account. */
export function belowPeople(
  account: AccountState,
  holders: HolderCache,
  context: Pick<RenderContext, 'language'>,
): NodeAddress[] {
  const { id: accountId } = account;
  if (!wasAccessRead(account)) return [{ kind: 'peopleNotice', accountId, about: 'loading' }];
  const persons = holdersIn('person', account, holders, context);
  const hasNames = holdersIn('name', account, holders, context).length > 0;
  return [
    ...noticesOf(account, persons.length + Number(hasNames) === 0).map((about): NodeAddress => ({
      kind: 'peopleNotice',
      accountId,
      about,
    })),
    ...holderRows(accountId, persons),
    ...(hasNames ? [{ kind: 'withoutPerson', accountId } as const] : []),
  ];
}

export function belowWithoutPerson(
  account: AccountState,
  holders: HolderCache,
  context: Pick<RenderContext, 'language'>,
): NodeAddress[] {
  return holderRows(account.id, holdersIn('name', account, holders, context));
}

function holderRows(accountId: string, holders: readonly Holder[]): NodeAddress[] {
  const rows = holders
    .slice(0, mostRows)
    .map((holder): NodeAddress => ({ kind: 'holder', accountId, holder: idOfHolder(holder) }));
  return holders.length > mostRows ? [...rows, { kind: 'peopleNotice', accountId, about: 'more' }] : rows;
}

function noticesOf(account: AccountState, isEmpty: boolean): readonly PeopleNotice[] {
  const { devices = [], peopleError, allAuthorizationsError } = account;
  if (peopleError && allAuthorizationsError?.reason === peopleError.reason) return ['people'];
  const notices = [
    ...(peopleError ? (['people'] as const) : []),
    ...(allAuthorizationsError ? (['authorizations'] as const) : []),
    ...(devices.some(({ authorizations }) => authorizations && authorizations.unreadable.length > 0)
      ? (['unreadable'] as const)
      : []),
  ];
  return isEmpty && notices.length === 0 ? ['none'] : notices;
}

export function peopleNoticeRow(account: AccountState, about: PeopleNotice, context: RenderContext): TreeItem {
  return noticeRow({ kind: 'peopleNotice', accountId: account.id, about }, sentenceOf(account, about, context));
}

function sentenceOf(account: AccountState, about: PeopleNotice, context: RenderContext): string {
  const { t } = context;
  const { peopleError, allAuthorizationsError } = account;
  const subject = { account: accountName(account, context) };
  switch (about) {
    case 'loading':
      return t('loading…');
    case 'people':
      if (peopleError?.reason === 'permissionMissing')
        return t(
          'The token of "{0}" can\'t read the account users. Create one with the permissions "account" and "manage authorizations" in Nuki Web.',
          subject.account,
        );
      return peopleError ? describeError(peopleError, subject, context) : '';
    case 'authorizations':
      return allAuthorizationsError ? describeError(allAuthorizationsError, subject, context) : '';
    case 'unreadable':
      return t("Some authorizations couldn't be read. They aren't listed here.");
    case 'none':
      return t('No people, codes or fobs.');
    case 'more':
      return t('Only the first {0} are listed. "Export Authorizations" has all of them.', mostRows);
  }
}

/** The rows below a holder, door by door. What was asked for stands where it will be listed: no row moves when the lock confirms it. */
export function belowHolder(
  { holder, requested }: Holding,
  { language }: Pick<RenderContext, 'language'>,
): NodeAddress[] {
  const rows: readonly { readonly state: DeviceState; readonly address: NodeAddress }[] = [
    ...holder.held.map(({ state, authorization: { id } }) => ({
      state,
      address: { ...refOf(state), kind: 'authorization', id, belowHolder: true } as const,
    })),
    ...requested.map(({ state, creation: { key } }) => ({
      state,
      address: { ...refOf(state), kind: 'pendingAuthorization', key, belowHolder: true } as const,
    })),
  ];
  const compare = byFavoriteThenName(language);
  return rows.toSorted((a, b) => compare(a.state, b.state)).map(({ address }) => address);
}
