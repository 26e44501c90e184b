import { l10n, Uri, window, workspace } from 'vscode';
import { safeText } from '../base/safeText.ts';
import { commandIds } from '../commands/ids.ts';
import { deviceNameOf, pickDevice, type PickContext } from '../commands/pick.ts';
import { idOf } from '../views/tree/nodes.ts';
import { rawJsonSubjectOf, type RawJsonSubject } from './readRawJson.ts';
import { rawScheme, type RawJsonContext } from './registerApiHelp.ts';

export function rawJsonCommands(context: RawJsonContext) {
  return {
    [commandIds.showJson]: (hint: unknown) => showJson(hint, context),
    [commandIds.refreshJson]: (hint: unknown) => refreshJson(hint, context),
  };
}

async function showJson(hint: unknown, context: RawJsonContext): Promise<void> {
  const subject = rawJsonSubjectOf(hint) ?? (await pickSubject(context));
  if (!subject) return;
  const uri = Uri.from({ scheme: rawScheme, path: `/${titleOf(subject, context)}.json`, query: idOf(subject) });
  const wasOpen = workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  if (wasOpen) context.rawJsonChanged.fire(uri);
}

function refreshJson(hint: unknown, { rawJsonChanged }: RawJsonContext): void {
  const uri = hint instanceof Uri ? hint : window.activeTextEditor?.document.uri;
  if (uri?.scheme === rawScheme) rawJsonChanged.fire(uri);
}

async function pickSubject(context: PickContext): Promise<RawJsonSubject | undefined> {
  const state = await pickDevice(undefined, context, l10n.t('Show as JSON'));
  return state && { kind: 'device', accountId: state.accountId, smartlockId: state.device.smartlockId };
}

/** The title of the tab: the device, and what of it. */
function titleOf(subject: RawJsonSubject, context: PickContext): string {
  const { accountId, smartlockId } = subject;
  const parts = [deviceNameOf(accountId, smartlockId, context), partOf(subject, context)];
  return parts.filter(Boolean).join(' · ').replaceAll('/', '∕');
}

function partOf(subject: RawJsonSubject, { store }: PickContext): string | undefined {
  switch (subject.kind) {
    case 'device':
      return undefined;
    case 'authorizations':
      return l10n.t('Authorizations');
    case 'authorization': {
      const { authorizations } = store.device(subject.accountId, subject.smartlockId) ?? {};
      const authorization = authorizations?.items.find(({ id }) => id === subject.id);
      return safeText(authorization?.name ?? '') || l10n.t('Authorization');
    }
    case 'activity':
      return l10n.t('Recent Activity');
  }
}
