import type { AccountState } from '../../model/snapshots.ts';
import { accountName } from '../text/accountText.ts';
import { describeError, needsToken } from '../text/errorText.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { dateAndMinute } from '../text/timeText.ts';
import { idOf } from '../tree/nodes.ts';
import { line, type Hover, type HoverLink } from './hover.ts';

/** What is said of an account: how many devices it has, why it cannot be read, when it was read. */
export function accountHover(account: AccountState, context: RenderContext): Hover {
  const { simulated, devices, error, refreshedAt, unreadable } = account;
  const { t } = context;
  const label = accountName(account, context);
  const count = (devices?.length ?? 0) + unreadable.length;
  return {
    title: label,
    subtitle: simulated ? t('simulated') : t('Nuki account'),
    lines: [
      ...line('warning', error && describeError(error, { account: label, refreshedAt }, context)),
      ...line('list-unordered', devices && t(count === 1 ? '{0} device' : '{0} devices', count)),
    ],
    links: linksOf(account, context),
    footer: refreshedAt === undefined ? [] : [t('Updated {0}', dateAndMinute(refreshedAt, context))],
  };
}

function linksOf({ id, error }: AccountState, { t }: RenderContext): readonly HoverLink[] {
  const row = idOf({ kind: 'account', accountId: id });
  return error && needsToken(error)
    ? [{ title: t('Replace Token…'), command: 'nuki.account.replaceToken', row }]
    : [{ title: t('Refresh'), command: 'nuki.devices.refresh', row }];
}
