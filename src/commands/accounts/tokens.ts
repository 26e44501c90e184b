import { env, l10n, QuickPickItemKind, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import { forIcons, forNotification } from '../../base/safeText.ts';
import { revoke, type RevocationResult } from '../../model/accounts/revocation.ts';
import { readTokenHolders, type TokenHolder, type TokenHolders } from '../../model/accounts/tokenHolders.ts';
import type { AccountState } from '../../model/snapshots.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { isRevokedBy, revocationOf, type Revocation } from '../../nuki/integration.ts';
import type { Button } from '../../report.ts';
import { accountName } from '../../views/text/accountText.ts';
import { asLabel } from '../../views/text/activityText.ts';
import { needsToken } from '../../views/text/errorText.ts';
import { tokenFacts, tokenHolderName, tokenRow, markText, ownershipText } from '../../views/text/tokenText.ts';
import { replaceTokenButton } from '../buttons.ts';
import { copyQuietly } from '../clipboard.ts';
import { CommandError } from '../commandError.ts';
import { listOf } from '../listOf.ts';
import { confirmInModal } from '../modal.ts';
import { pickAccount } from '../pick.ts';
import { withProgress, withSidebarProgress } from '../progress.ts';
import type { CommandServices, Services } from '../services.ts';
import { nukiWeb } from './nukiWeb.ts';

/** Shows what has access to an account, and revokes what the user chooses. */
export async function showTokens(hint: unknown, services: CommandServices): Promise<void> {
  const { store, renderContext, serverClock } = services;
  const title = l10n.t('Who Holds a Token');
  const account = await pickAccount(hint, services, title, () => true);
  if (!account) return;
  const client = await store.client(account.id).catch((error: unknown) => failWith(error, account));
  const read = await withSidebarProgress(() => readTokenHolders(client, account.id, serverClock.now())).catch(
    (error: unknown) => failWith(error, account),
  );
  const rows = read.holders.map((holder) => ({
    ...iconOf(holder),
    ...inQuickPick(tokenRow(holder, renderContext())),
    holder,
  }));
  const name = accountName(account, renderContext());
  const unread: readonly Row[] = read.unreadable > 0 ? [{ label: unreadableText(read.unreadable) }] : [];
  const chosen = await window.showQuickPick<Row>([...rows, ...unread], {
    title: `${title}: ${forIcons(name)}`,
    placeHolder: placeholderOf(read),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.holder) await showHolder(chosen.holder, read, { account, client, title }, services);
}

interface Row extends QuickPickItem {
  readonly holder?: TokenHolder;
}

function unreadableText(count: number): string {
  return l10n.t('{0} unreadable', count);
}

/** @throws {CommandError} for a failure of the API, with a button for what helps */
export function failWith(error: unknown, { id: accountId, simulated }: AccountState): never {
  if (!(error instanceof NukiError)) throw error;
  throw new CommandError(error, { accountId }, needsToken(error) && !simulated ? [replaceTokenButton(accountId)] : []);
}

/** The token that Keyturner uses for an account. */
export interface OwnToken {
  readonly client: NukiClient;
  readonly revocation: Revocation;
  /** What it is called at Nuki, fit to be shown. */
  readonly name: string;
}

/** How long the user waits for it, in ms. */
const longestSearch = 5_000;

/** The token that Keyturner uses for an account; `undefined` where it is not certain which one that is, or Nuki does not tell in time. */
export async function findOwnToken(account: AccountState, services: Services): Promise<OwnToken | undefined> {
  const { clock } = services;
  const over = new AbortController();
  try {
    return await withSidebarProgress(() =>
      Promise.race([ownTokenOf(account, services), clock.wait(longestSearch, over.signal).then(() => undefined)]),
    );
  } finally {
    over.abort();
  }
}

async function ownTokenOf({ id }: AccountState, services: Services): Promise<OwnToken | undefined> {
  try {
    const client = await services.store.client(id);
    const { holders } = await readTokenHolders(client, id, services.serverClock.now());
    const own = holders.find(({ ownership }) => ownership === 'own')?.integration;
    const revocation = own && revocationOf(own);
    return own && revocation && { client, revocation, name: tokenHolderName(own, services.renderContext()) };
  } catch (error) {
    if (error instanceof NukiError) return undefined;
    throw error;
  }
}

function inQuickPick(row: ReturnType<typeof tokenRow>): ReturnType<typeof tokenRow> {
  return { label: forIcons(row.label), description: forIcons(row.description), detail: forIcons(row.detail) };
}

function iconOf({ integration, marks }: TokenHolder): { readonly iconPath: ThemeIcon } {
  const icon =
    marks.length > 0 ? 'warning' : integration.device === true ? 'device-mobile' : integration.tokenId ? 'key' : 'plug';
  return { iconPath: new ThemeIcon(icon) };
}

function placeholderOf({ holders, unreadable }: TokenHolders): string {
  if (holders.length + unreadable === 0) return l10n.t('Nuki lists no token of this account.');
  return holders.filter(({ ownership }) => ownership === 'maybe').length > 1
    ? l10n.t("One of these may be Keyturner's own token.")
    : l10n.t('Choose one for its details, or to revoke it');
}

interface Subject {
  readonly account: AccountState;
  readonly client: NukiClient;
  readonly title: string;
}

async function showHolder(holder: TokenHolder, all: TokenHolders, subject: Subject, services: Services): Promise<void> {
  const context = services.renderContext();
  const name = tokenHolderName(holder.integration, context);
  const own = ownershipText(holder, context);
  const marks = holder.marks.map((mark) => markText(mark, context));
  const facts = tokenFacts(holder, context);
  const revocation = revocationOf(holder.integration);
  const revokeRow: QuickPickItem = { label: l10n.t('Revoke…'), iconPath: new ThemeIcon('trash') };
  const webRow: QuickPickItem = {
    label: l10n.t('Open Nuki Web'),
    iconPath: new ThemeIcon('globe'),
    ...(revocation === undefined && { detail: l10n.t('This can only be revoked there.') }),
  };
  const copyRow: QuickPickItem = { label: l10n.t('Copy'), iconPath: new ThemeIcon('copy') };
  const items: readonly QuickPickItem[] = [
    ...(own === '' ? [] : [{ label: asLabel(own, context), iconPath: new ThemeIcon('key') }]),
    ...marks.map(({ what, advice }) => ({
      label: forIcons(asLabel(what, context)),
      detail: advice,
      iconPath: new ThemeIcon('warning'),
    })),
    ...facts.map(([fact, value]) => ({ label: fact, description: forIcons(value) })),
    { label: '', kind: QuickPickItemKind.Separator },
    ...(revocation === undefined ? [] : [revokeRow]),
    webRow,
    copyRow,
  ];
  const chosen = await window.showQuickPick(items, { title: `${subject.title}: ${forIcons(name)}` });
  if (chosen === webRow) await env.openExternal(Uri.parse(nukiWeb));
  if (chosen === copyRow) {
    const lines = [name, own, ...marks.map(({ what }) => what), ...facts.map(([fact, value]) => `${fact}: ${value}`)];
    await copyQuietly(lines.filter((line) => line !== '').join('\n'), l10n.t('Copied'));
  }
  if (chosen === revokeRow && revocation !== undefined) await askAndRevoke(holder, revocation, all, subject, services);
}

async function askAndRevoke(
  holder: TokenHolder,
  revocation: Revocation,
  all: TokenHolders,
  { account, client }: Subject,
  services: Services,
): Promise<void> {
  const context = services.renderContext();
  const name = tokenHolderName(holder.integration, context);
  const ofAccount = accountName(account, context);
  const together = all.holders.filter(({ integration }) => isRevokedBy(integration, revocation));
  const detail = [
    ...(revocation.kind === 'client'
      ? [
          l10n.t('Nuki revokes everything that is connected with it:'),
          listOf(together, ({ integration }) => `• ${tokenHolderName(integration, context)}`),
          all.unreadable > 0 ? `• ${unreadableText(all.unreadable)}` : '',
        ]
      : []),
    ownWarning(together, ofAccount),
    l10n.t('What is revoked loses its access to {0}. To give it back, it has to be connected again.', ofAccount),
  ].filter((line) => line !== '');
  const isConfirmed = await confirmInModal(
    { question: l10n.t('Revoke {0}?', name), detail: detail.join('\n'), yes: l10n.t('Revoke') },
    services.clock,
  );
  if (!isConfirmed) return;
  const result = await revokeWithProgress(client, revocation, name, services).catch((error: unknown) =>
    failWith(error, account),
  );
  tell(result, { name: forNotification(forIcons(name)), account }, services);
  if (result === 'refused') await services.refreshAccount(account.id);
}

function ownWarning(holders: readonly TokenHolder[], account: string): string {
  if (holders.some(({ ownership }) => ownership === 'own'))
    return l10n.t(
      'This is the token that Keyturner uses: {0} stops working here until you enter another one.',
      account,
    );
  if (holders.some(({ ownership }) => ownership === 'maybe'))
    return l10n.t(
      'This may be the token that Keyturner uses: then {0} stops working here until you enter another one.',
      account,
    );
  return '';
}

export async function revokeWithProgress(
  client: NukiClient,
  revocation: Revocation,
  name: string,
  { clock }: Pick<Services, 'clock'>,
): Promise<RevocationResult> {
  const title = l10n.t('Revoking {0}…', forNotification(forIcons(name)));
  return await withProgress(title, () => revoke(client, revocation, clock));
}

function tell(
  result: RevocationResult,
  { name, account }: { readonly name: string; readonly account: AccountState },
  { report, renderContext }: Services,
): void {
  const openWeb: Button = { title: l10n.t('Open Nuki Web'), run: () => env.openExternal(Uri.parse(nukiWeb)) };
  const ofAccount = forNotification(forIcons(accountName(account, renderContext())));
  switch (result) {
    case 'gone':
      return report.inform(l10n.t('{0} was revoked.', name));
    case 'refused':
      return report.warn(
        l10n.t('{0} was revoked. It was the token that Keyturner used: {1} needs another one.', name, ofAccount),
        account.simulated ? [] : [replaceTokenButton(account.id)],
      );
    case 'listed':
      return report.warn(l10n.t('{0}: not confirmed. Nuki still lists it, and it may still have access.', name), [
        openWeb,
      ]);
    case 'unknown':
      return report.warn(
        l10n.t("{0}: not confirmed. Nuki's list couldn't be read, and it may still have access.", name),
        [openWeb],
      );
  }
}
