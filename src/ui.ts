import { window } from 'vscode';
import { commandIds } from './commands/ids.ts';
import {
  followEarlierChanges,
  mentionUnsafeSettings,
  mentionUnconfirmed,
  watchAccounts,
  watchClock,
} from './commands/sidebar/notices.ts';
import type { Services } from './commands/services.ts';
import type { MarkdownString } from 'vscode';
import { Journal } from './model/actions/journal.ts';
import type { DeviceRef } from './model/deviceRef.ts';
import { badgeOf } from './views/badge.ts';
import { Hovers } from './views/hover/hovers.ts';
import { StatusBar } from './views/statusBarItem.ts';
import { attentionDecorations } from './views/tree/attention.ts';
import { DeviceTree } from './views/tree/tree.ts';
import { keepStepsUpdated } from './views/walkthrough.ts';
import { keepWelcomeUpdated } from './views/welcome.ts';

/** Creates the tree, the badge, the status bar item and the notifications that come unasked. Loaded when there is first something to draw. */
export function createUi(services: Services): DeviceTree {
  const {
    store,
    unlatchSupport,
    clock,
    renderContext,
    records,
    session,
    view,
    statusBarDevice,
    disposeOnDeactivate: register,
  } = services;
  const drawBadge = (): void => {
    view.badge = badgeOf(store.accounts, renderContext());
  };
  const tree = new DeviceTree(store, unlatchSupport, clock, renderContext, commandIds.loadMoreActivity);
  drawBadge();
  register(tree);
  register(window.registerFileDecorationProvider(attentionDecorations));
  register(store.onDidChange(drawBadge));
  register(keepWelcomeUpdated(store));
  register(keepStepsUpdated(store));
  const hovers = new Hovers(store, unlatchSupport, renderContext);
  const hoverOf = (ref: DeviceRef): MarkdownString | undefined => hovers.of({ ...ref, kind: 'device' });
  register(new StatusBar(store, statusBarDevice, renderContext, hoverOf, commandIds.openStatusBarMenu));
  register(watchAccounts(services));
  register(mentionUnsafeSettings(services, services.memento));
  register(watchClock(services));
  register(mentionUnconfirmed(services, new Journal(records, session, clock)));
  register(followEarlierChanges(services));
  return tree;
}
