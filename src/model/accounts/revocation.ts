import type { Clock } from '../../base/clock.ts';
import type { NukiClient } from '../../nuki/http/client.ts';
import { NukiError, outcomeIsUnknown } from '../../nuki/http/errors.ts';
import { isRevokedBy, type Revocation } from '../../nuki/integration.ts';
import { reasonFor401 } from './accountBook.ts';

/**
 * What a revocation has come to, as the next reads tell. `gone`: nothing of it is listed any more. `refused`: every read is refused, so it was the
 * token of the client itself. `listed`: not all of it is gone. `unknown`: no read told.
 */
export type RevocationResult = 'gone' | 'refused' | 'listed' | 'unknown';

/** When the list is read after the request, in ms after the read before. */
const pauses = [0, 2_000, 5_000, 10_000];

/** Revokes, once, and looks what became of it. @throws {NukiError} where Nuki clearly refused it */
export async function revoke(
  client: NukiClient,
  revocation: Revocation,
  clock: Pick<Clock, 'wait'>,
): Promise<RevocationResult> {
  await client.revoke(revocation).catch((error: unknown) => {
    if (!(error instanceof NukiError) || !outcomeIsUnknown(error)) throw error;
  });
  let result: RevocationResult = 'unknown';
  for (const pause of pauses) {
    await clock.wait(pause);
    result = await look(client, revocation).catch((error: unknown) => {
      if (error instanceof NukiError) return 'unknown';
      throw error;
    });
    if (result === 'gone' || result === 'refused') break;
  }
  return result;
}

async function look(client: NukiClient, revocation: Revocation): Promise<RevocationResult> {
  try {
    const { items, unreadable } = await client.integrations({ lane: 'follow' });
    if (items.some((each) => isRevokedBy(each, revocation))) return 'listed';
    return unreadable.length === 0 ? 'gone' : 'unknown';
  } catch (error) {
    if (!(error instanceof NukiError) || error.reason !== 'unauthorized') throw error;
    const { reason } = await reasonFor401(() => client.smartlocks({ lane: 'follow' }));
    return reason === 'tokenRefused' ? 'refused' : 'unknown';
  }
}
