import type { Disposable, TreeView } from 'vscode';
import type { Clock } from './base/clock.ts';
import { commandIds } from './commands/ids.ts';
import { mentionUnchecked, mentionUnconfirmed, watchAccounts, watchClock } from './commands/notices.ts';
import type { Memento } from './model/accounts.ts';
import type { Journal } from './model/journal.ts';
import type { Latches } from './model/latches.ts';
import type { Store } from './model/store.ts';
import type { NukiTime } from './nuki/nukiTime.ts';
import type { Report } from './report.ts';
import { badgeOf } from './views/badge.ts';
import type { DeviceReference } from './views/deviceReference.ts';
import type { Glance } from './views/deviceWords.ts';
import type { NodeId } from './views/nodes.ts';
import { StatusBar } from './views/statusBar.ts';
import { DeviceTree } from './views/tree.ts';
import { chooseWelcome } from './views/welcome.ts';

export interface UiServices {
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

/** Creates the tree, the badge, the status bar item and the notifications that come unasked. Loaded when there is first something to draw. */
export function createUi(services: UiServices): DeviceTree {
  const { store, latches, clock, glance, journal, view, chosenDevice, own } = services;
  const drawBadge = (): void => {
    view.badge = badgeOf(store.accounts, glance());
  };
  const tree = new DeviceTree(store, latches, clock, glance, commandIds.loadMoreActivity);
  drawBadge();
  own(tree);
  own(store.onDidChange(drawBadge));
  own(chooseWelcome(store));
  own(new StatusBar(store, chosenDevice, glance, commandIds.openStatusBarMenu));
  own(watchAccounts(services));
  own(mentionUnchecked(services, services.memento));
  own(watchClock(services));
  own(mentionUnconfirmed(services, journal));
  return tree;
}
