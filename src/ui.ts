import type { Disposable, TreeView } from 'vscode';
import type { Clock } from './base/clock.ts';
import { commandIds } from './commands/ids.ts';
import { mentionUnchecked, mentionUnconfirmed, watchAccounts, watchClock } from './commands/notices.ts';
import type { Memento } from './model/memento.ts';
import type { Journal } from './model/journal.ts';
import type { UnlatchSupport } from './model/unlatchSupport.ts';
import type { Store } from './model/store.ts';
import type { ServerClock } from './nuki/http/serverClock.ts';
import type { Report } from './report.ts';
import { badgeOf } from './views/badge.ts';
import type { DeviceReference } from './model/deviceRef.ts';
import type { RenderContext } from './views/text/renderContext.ts';
import type { NodeId } from './views/tree/nodes.ts';
import { StatusBar } from './views/statusBarItem.ts';
import { DeviceTree } from './views/tree/tree.ts';
import { keepWelcomeUpdated } from './views/welcome.ts';

export interface UiServices {
  readonly store: Store;
  readonly unlatchSupport: UnlatchSupport;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly renderContext: () => RenderContext;
  readonly report: Report;
  readonly journal: Journal;
  readonly memento: Memento;
  readonly view: Pick<TreeView<NodeId>, 'badge'>;
  readonly chosenDevice: () => DeviceReference | undefined;
  readonly refresh: (accountId: string) => Promise<void>;
  readonly register: (disposable: Disposable) => void;
}

/** Creates the tree, the badge, the status bar item and the notifications that come unasked. Loaded when there is first something to draw. */
export function createUi(services: UiServices): DeviceTree {
  const { store, unlatchSupport, clock, renderContext, journal, view, chosenDevice, register } = services;
  const drawBadge = (): void => {
    view.badge = badgeOf(store.accounts, renderContext());
  };
  const tree = new DeviceTree(store, unlatchSupport, clock, renderContext, commandIds.loadMoreActivity);
  drawBadge();
  register(tree);
  register(store.onDidChange(drawBadge));
  register(keepWelcomeUpdated(store));
  register(new StatusBar(store, chosenDevice, renderContext, commandIds.openStatusBarMenu));
  register(watchAccounts(services));
  register(mentionUnchecked(services, services.memento));
  register(watchClock(services));
  register(mentionUnconfirmed(services, journal));
  return tree;
}
