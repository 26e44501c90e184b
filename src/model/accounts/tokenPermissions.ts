import type { NukiClient } from '../../nuki/http/client.ts';
import { decode } from '../../nuki/http/decode.ts';
import { NukiError } from '../../nuki/http/errors.ts';
import { accountRightsSchema } from '../../nuki/http/schemas.ts';
import { permissionNames, permissions, type Permission, type PermissionTraits } from '../../nuki/permissions.ts';

/** Whether a token has a permission; `untried` where no read can tell, or the one that can has failed for another reason. */
export type Grant = 'granted' | 'missing' | 'untried';

/** What a token can do, or why that is not known. */
export type TokenReport =
  | {
      readonly kind: 'known';
      readonly grants: ReadonlyMap<Permission, Grant>;
      /** What the account itself may do, as a mask, where it is a sub-account: its tokens can do no more. OpenAPI. */
      readonly rights: number | undefined;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly error: NukiError };

/**
 * Tries each permission of a token by a read that needs it. Nuki answers a missing permission like a dead token, so the token counts as
 * dead only where every read is refused. What is known of the account does not change.
 */
export async function tryPermissions(client: NukiClient): Promise<TokenReport> {
  const tried = await Promise.all(
    permissionNames.map(async (name) => [name, await tryOne(client, permissions[name])] as const),
  );
  const answers = tried.flatMap(([, { result }]) => (result === undefined ? [] : [result]));
  if (answers.every((answer) => answer === 'missing')) return { kind: 'refused' };
  const [error] = answers.filter((answer) => typeof answer === 'object');
  if (error && !answers.includes('granted')) return { kind: 'failed', error };
  const grants = tried.map(([name, { result }]) => [name, typeof result === 'string' ? result : 'untried'] as const);
  const account = tried.find(([name]) => name === 'account')?.[1].answer;
  return { kind: 'known', grants: new Map(grants), rights: rightsIn(account) };
}

function rightsIn(account: unknown): number | undefined {
  const { masterAccountId, rights } = account === undefined ? {} : decode(accountRightsSchema, account);
  return masterAccountId === undefined ? undefined : rights;
}

interface Trial {
  readonly result: 'granted' | 'missing' | NukiError | undefined;
  readonly answer?: unknown;
}

async function tryOne(client: NukiClient, { probe }: PermissionTraits): Promise<Trial> {
  if (!probe) return { result: undefined };
  try {
    return { result: 'granted', answer: await client.raw(probe, { lane: 'follow' }) };
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    return { result: ['unauthorized', 'permissionMissing'].includes(error.reason) ? 'missing' : error };
  }
}
