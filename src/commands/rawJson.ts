import { l10n, Uri, window, workspace } from 'vscode';
import { safeText } from '../base/safeText.ts';
import type { Store } from '../model/store.ts';
import { NukiError } from '../nuki/http/errors.ts';
import {
  readActivity,
  readAuthorization,
  readAuthorizations,
  readDevice,
  type ApiRequest,
} from '../nuki/http/requests.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { addressOf, idOf, type NodeAddress, type NodeId } from '../views/tree/nodes.ts';
import { rawScheme, type RawDocuments } from '../apiHelp/rawDocuments.ts';
import { accountName } from '../views/text/accountText.ts';
import { errorSentence } from '../views/text/errorText.ts';
import { commandIds } from './ids.ts';
import { deviceNameOf, pickDevice, type PickContext } from './pick.ts';

export interface RawJsonContext extends PickContext {
  readonly documents: RawDocuments;
}

export function rawJsonCommands(context: RawJsonContext) {
  return {
    [commandIds.showJson]: (hint: unknown) => showJson(hint, context),
    [commandIds.refreshJson]: (hint: unknown) => refreshJson(hint, context),
  };
}

/** The row that a document is about: what lies below a device may be shown for itself. */
type Subject = Extract<NodeAddress, { readonly kind: 'device' | 'authorizations' | 'authorization' | 'activity' }>;

async function showJson(hint: unknown, context: RawJsonContext): Promise<void> {
  const subject = subjectOf(hint) ?? (await pickSubject(context));
  if (!subject) return;
  const uri = Uri.from({ scheme: rawScheme, path: `/${titleOf(subject, context)}.json`, query: idOf(subject) });
  const wasOpen = workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  if (wasOpen) context.documents.refresh(uri);
}

function refreshJson(hint: unknown, { documents }: RawJsonContext): void {
  const uri = hint instanceof Uri ? hint : window.activeTextEditor?.document.uri;
  if (uri?.scheme === rawScheme) documents.refresh(uri);
}

function subjectOf(hint: unknown): Subject | undefined {
  const address = addressOf(hint);
  return address && isSubject(address) ? address : undefined;
}

function isSubject(address: NodeAddress): address is Subject {
  return ['device', 'authorizations', 'authorization', 'activity'].includes(address.kind);
}

async function pickSubject(context: RawJsonContext): Promise<Subject | undefined> {
  const state = await pickDevice(undefined, context, l10n.t('Show as JSON'));
  return state && { kind: 'device', accountId: state.accountId, smartlockId: state.device.smartlockId };
}

/** A title for the tab: the device, and what of it. */
function titleOf(subject: Subject, context: RawJsonContext): string {
  const { accountId, smartlockId } = subject;
  const state = context.store.device(accountId, smartlockId);
  const authorization =
    subject.kind === 'authorization'
      ? state?.authorizations?.items.find(({ id }) => id === subject.id)?.name
      : undefined;
  const parts: Readonly<Record<Subject['kind'], string | undefined>> = {
    device: undefined,
    authorizations: l10n.t('Authorizations'),
    authorization: safeText(authorization ?? '') || l10n.t('Authorization'),
    activity: l10n.t('Recent Activity'),
  };
  return [deviceNameOf(accountId, smartlockId, context), parts[subject.kind]]
    .filter(Boolean)
    .join(' · ')
    .replaceAll('/', '∕');
}

/** The text of a document: what the API answers, codes masked, or why there is no answer. */
export async function readRawJson(id: NodeId, store: Store, renderContext: RenderContext): Promise<string> {
  const subject = subjectOf(id);
  if (!subject) return '';
  try {
    const client = await store.client(subject.accountId);
    return `${JSON.stringify(await client.raw(requestOf(subject), { lane: 'action' }), undefined, 2)}\n`;
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    const account = store.account(subject.accountId);
    const names = { account: account ? accountName(account, renderContext) : subject.accountId };
    return `${JSON.stringify({ error: errorSentence(await store.diagnoseUnauthorized(subject.accountId, error), names, renderContext) }, undefined, 2)}\n`;
  }
}

function requestOf(subject: Subject): ApiRequest {
  switch (subject.kind) {
    case 'device':
      return readDevice(subject.smartlockId);
    case 'authorizations':
      return readAuthorizations(subject.smartlockId);
    case 'authorization':
      return readAuthorization(subject.smartlockId, subject.id);
    case 'activity':
      return readActivity(subject.smartlockId);
  }
}
