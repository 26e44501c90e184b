import { l10n, Uri, window, workspace } from 'vscode';
import { safeText } from '../base/safeText.ts';
import { commandIds } from '../commands/ids.ts';
import { deviceNameOf, pickDevice } from '../commands/pick.ts';
import type { Services } from '../commands/services.ts';
import { refOf } from '../model/deviceRef.ts';
import { idOf } from '../views/tree/nodes.ts';
import { rawJsonSubjectOf, type RawJsonSubject } from './readRawJson.ts';
import { rawScheme } from './registerApiHelp.ts';

export function rawJsonCommands(context: Services) {
  return {
    [commandIds.showJson]: (hint: unknown) => showJson(hint, context),
  };
}

async function showJson(hint: unknown, context: Services): Promise<void> {
  const subject = rawJsonSubjectOf(hint) ?? (await pickSubject(context));
  if (!subject) return;
  const uri = Uri.from({ scheme: rawScheme, path: `/${titleOf(subject, context)}.json`, query: idOf(subject) });
  const wasOpen = workspace.textDocuments.some((open) => open.uri.toString() === uri.toString());
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  if (wasOpen) context.rawJsonRefreshRequested.fire(uri);
}

async function pickSubject(context: Services): Promise<RawJsonSubject | undefined> {
  const state = await pickDevice(undefined, context, l10n.t('Show as JSON'));
  return state && { ...refOf(state), kind: 'device' };
}

/** The title of the tab: the device, and what of it. */
function titleOf(subject: RawJsonSubject, context: Services): string {
  const parts = [deviceNameOf(subject, context), partOf(subject, context)];
  return parts.filter(Boolean).join(' · ').replaceAll('/', '∕');
}

function partOf(subject: RawJsonSubject, { store }: Services): string | undefined {
  switch (subject.kind) {
    case 'device':
      return undefined;
    case 'authorizations':
      return l10n.t('Authorizations');
    case 'authorization': {
      const { authorizations } = store.device(subject) ?? {};
      const authorization = authorizations?.items.find(({ id }) => id === subject.id);
      return safeText(authorization?.name ?? '') || l10n.t('Authorization');
    }
    case 'activity':
      return l10n.t('Recent Activity');
  }
}
