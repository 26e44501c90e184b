import type { NukiClient } from '../nuki/http/client.ts';
import { NukiError } from '../nuki/http/errors.ts';
import { permissionNames, permissions, type Permission, type PermissionTraits } from '../nuki/permissions.ts';

/** Whether a token has a permission; `untried` where no read can tell, or the one that can has failed for another reason. */
export type Grant = 'granted' | 'missing' | 'untried';

/** What a token can do, or why that is not known. */
export type TokenReport =
  | { readonly kind: 'known'; readonly grants: ReadonlyMap<Permission, Grant> }
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
  const answers = tried.flatMap(([, answer]) => (answer === undefined ? [] : [answer]));
  if (answers.every((answer) => answer === 'missing')) return { kind: 'refused' };
  const [error] = answers.filter((answer) => typeof answer === 'object');
  if (error && !answers.includes('granted')) return { kind: 'failed', error };
  const grants = tried.map(([name, answer]) => [name, typeof answer === 'string' ? answer : 'untried'] as const);
  return { kind: 'known', grants: new Map(grants) };
}

async function tryOne(
  client: NukiClient,
  { probe }: PermissionTraits,
): Promise<'granted' | 'missing' | NukiError | undefined> {
  if (!probe) return undefined;
  try {
    await client.raw(probe, { lane: 'follow' });
    return 'granted';
  } catch (error) {
    if (!(error instanceof NukiError)) throw error;
    if (error.status === 401 || error.status === 403) return 'missing';
    return error;
  }
}
