import type { Store } from '../model/store.ts';
import { NukiError } from '../nuki/http/errors.ts';
import {
  readActivity,
  readAuthorization,
  readAuthorizations,
  readDevice,
  type ApiRequest,
} from '../nuki/http/requests.ts';
import { describeError } from '../views/text/errorText.ts';
import { addressOf, type NodeAddress, type NodeId } from '../views/tree/nodes.ts';
import type { RenderContext } from '../views/text/renderContext.ts';
import { accountName } from '../views/text/accountText.ts';

/** A row that the API has an answer for. */
export type RawJsonSubject = Extract<
  NodeAddress,
  { readonly kind: 'device' | 'authorizations' | 'authorization' | 'activity' }
>;

/** The row that a command's hint or a document's query names; `undefined` for a row without an answer, and for anything else. */
export function rawJsonSubjectOf(hint: unknown): RawJsonSubject | undefined {
  const address = addressOf(hint);
  return address && isSubject(address) ? address : undefined;
}

function isSubject(address: NodeAddress): address is RawJsonSubject {
  return ['device', 'authorizations', 'authorization', 'activity'].includes(address.kind);
}

/**
 * The text of a raw JSON document: what the API answers for the row `id`, keypad codes masked, or an error in a sentence. Empty for a row
 * without an answer. Throws only what is no NukiError.
 */
export async function readRawJson(id: NodeId, store: Store, renderContext: RenderContext): Promise<string> {
  const subject = rawJsonSubjectOf(id);
  if (!subject) return '';
  try {
    const client = await store.client(subject.accountId);
    return jsonText(await client.raw(requestOf(subject), { lane: 'follow' }));
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    return jsonText({ error: await sentenceOf(error, subject.accountId, store, renderContext) });
  }
}

async function sentenceOf(
  error: NukiError,
  accountId: string,
  store: Store,
  renderContext: RenderContext,
): Promise<string> {
  const account = store.account(accountId);
  const names = { account: account ? accountName(account, renderContext) : accountId };
  return describeError(await store.diagnoseUnauthorized(accountId, error), names, renderContext);
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function requestOf(subject: RawJsonSubject): ApiRequest {
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
