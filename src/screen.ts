import type { Disposable, TreeView } from 'vscode';
import type { Clock } from './base/clock.ts';
import type { CommandId } from './commands/ids.ts';
import { mentionUnchecked, mentionUnconfirmed, watchAccounts, watchClock } from './commands/notices.ts';
import type { Memento } from './model/accounts.ts';
import type { Journal } from './model/journal.ts';
import type { Latches } from './model/latches.ts';
import type { Store } from './model/store.ts';
import type { NukiTime } from './nuki/nukiTime.ts';
import type { Report } from './report.ts';
import { chooseWelcome } from './views/attention.ts';
import { badgeOf } from './views/badge.ts';
import type { DeviceReference } from './views/deviceReference.ts';
import type { Glance } from './views/deviceWords.ts';
import type { NodeId } from './views/nodes.ts';
import { StatusBar } from './views/statusBar.ts';
import { DeviceTree } from './views/tree.ts';

const loadMore: CommandId = 'nuki.activity.loadMore';
const openMenu: CommandId = 'nuki.statusBar.openMenu';

export interface ScreenContext {
  readonly store: Store;
  readonly latches: Latches;
  readonly clock: Clock;
  readonly nukiTime: NukiTime;
  readonly glance: () => Glance;
  readonly report: Report;
  readonly journal: Journal;
  readonly memento: Memento;
  readonly view: Pick<TreeView<NodeId>, 'badge'>;
  readonly chosenDevice: () => DeviceReference | undefined;
  readonly refresh: (accountId: string) => Promise<void>;
  readonly own: (disposable: Disposable) => void;
}

/** Makes what draws the accounts and what is said of them unasked: a file of dist/ of its own, loaded when there is first something to draw. */
export function createScreen(context: ScreenContext): DeviceTree {
  const { store, latches, clock, glance, journal, view, chosenDevice, own } = context;
  const drawBadge = (): void => {
    view.badge = badgeOf(store.accounts, glance());
  };
  const tree = new DeviceTree(store, latches, clock, glance, loadMore);
  drawBadge();
  own(tree);
  own(store.onDidChange(drawBadge));
  own(chooseWelcome(store));
  own(new StatusBar(store, chosenDevice, glance, openMenu));
  own(watchAccounts(context));
  own(mentionUnchecked(context, context.memento));
  own(watchClock(context));
  own(mentionUnconfirmed(context, journal));
  return tree;
}
