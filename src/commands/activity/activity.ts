import { CancellationTokenSource, l10n, QuickPickItemKind, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { forIcons } from '../../base/safeText.ts';
import type { ActivityFilter } from '../../model/activity/activityList.ts';
import { refOf } from '../../model/deviceRef.ts';
import type { DeviceState } from '../../model/snapshots.ts';
import { activityNotice, filterWord } from '../../views/text/activityText.ts';
import { idOf } from '../../views/tree/nodes.ts';
import { commandIds } from '../ids.ts';
import { pickDevice } from '../pick.ts';
import { withSidebarProgress } from '../progress.ts';
import type { Services } from '../services.ts';
import type { RenderContext } from '../../views/text/renderContext.ts';
import { accountName } from '../../views/text/accountText.ts';

export function activityCommands(services: Services) {
  return {
    [commandIds.loadMoreActivity]: (hint: unknown) => loadMore(hint, services),
    [commandIds.filterActivity]: (hint: unknown) => filter(hint, services),
  };
}

async function loadMore(hint: unknown, services: Services): Promise<void> {
  const state = await pickDevice(hint, services, l10n.t('Load more'));
  if (!state) return;
  await withSidebarProgress(() => services.store.readMoreActivity(refOf(state)));
}

/** Filters the entries that were read. Entries of older pages are filtered when these are loaded. */
async function filter(hint: unknown, services: Services): Promise<void> {
  const { store, renderContext, reveal } = services;
  const title = l10n.t('Filter Activity');
  const picked = await pickDevice(hint, services, title);
  if (!picked) return;
  const placeHolder = l10n.t('Choose what to show');
  const failed = new CancellationTokenSource();
  // The list opens before the log is read. If it opened later, the tree would draw what was read, take the focus, and close it.
  const choices = withActivity(picked, services).then((state) => {
    if (!state?.activity) failed.cancel();
    return state?.activity ? choicesOf(state, renderContext()) : [];
  });
  const choice = await window.showQuickPick(choices, { title, placeHolder }, failed.token);
  if (!choice) return;
  store.filterActivity(refOf(picked), choice.filter);
  await reveal(idOf({ ...refOf(picked), kind: 'activity' }));
}

/** The device with its log, whose first page is read now unless it was read before. A failure is reported. */
async function withActivity(state: DeviceState, services: Services): Promise<DeviceState | undefined> {
  if (state.activity) return state;
  const { store, renderContext, report } = services;
  const ref = refOf(state);
  await store.readActivity(ref);
  const read = store.device(ref);
  const account = store.account(ref.accountId);
  if (read?.activityError && account)
    report.warn(activityNotice(read, accountName(account, renderContext()), renderContext()));
  return read;
}

interface Choice extends QuickPickItem {
  readonly filter?: ActivityFilter | undefined;
}

function choicesOf({ device, activity, activityFilter }: DeviceState, renderContext: RenderContext): Choice[] {
  const items = activity?.items ?? [];
  const choices = (filters: readonly ActivityFilter[]): Choice[] =>
    filters
      .map((each) => ({ filter: each, word: filterWord(each, device, renderContext) }))
      .toSorted((a, b) => a.word.localeCompare(b.word, renderContext.language))
      .map(({ filter: each, word }) => ({
        ...marked(isSame(each, activityFilter)),
        label: forIcons(word),
        filter: each,
      }));
  const actions = [...new Set(items.map(({ action }) => action))];
  const names = [...new Set(items.flatMap(({ name }) => (name?.trim() ? [name] : [])))];
  return [
    { ...marked(activityFilter === undefined), label: l10n.t('All activity') },
    separator(l10n.t('By action')),
    ...choices(actions.map((action) => ({ action }))),
    separator(l10n.t('By person')),
    ...choices(names.map((name) => ({ name }))),
  ];
}

function separator(label: string): Choice {
  return { label, kind: QuickPickItemKind.Separator };
}

/** A check mark on what is shown now, and room for it on the others. */
function marked(isChosen: boolean): Partial<Choice> {
  return isChosen
    ? { iconPath: new ThemeIcon('check'), description: l10n.t('shown now') }
    : { iconPath: new ThemeIcon('blank') };
}

function isSame(a: ActivityFilter, b: ActivityFilter | undefined): boolean {
  if (b === undefined) return false;
  return 'action' in a ? 'action' in b && a.action === b.action : 'name' in b && a.name === b.name;
}
