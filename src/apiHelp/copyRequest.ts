import { l10n, window, type QuickPickItem } from 'vscode';
import { safeText } from '../base/safeText.ts';
import { actions, isActionName, kindOf } from '../nuki/vocabulary/kinds.ts';
import { requestFormats, type RequestFormat } from './requestFormats.ts';
import {
  act,
  deleteAuthorization,
  readActivity,
  readAuthorization,
  readAuthorizations,
  readDevice,
  replaceAuthorization,
  sync,
  type ApiRequest,
} from '../nuki/http/requests.ts';
import type { Smartlock } from '../nuki/smartlock.ts';
import { copyQuietly } from '../commands/clipboard.ts';
import { commandIds } from '../commands/ids.ts';
import { nameOf, pickDevice } from '../commands/pick.ts';
import { pickedAt, type Picked } from '../commands/pickAuthorization.ts';
import type { Services } from '../commands/services.ts';

export function copyRequestCommands(context: Services) {
  return {
    [commandIds.copyAsCurl]: (hint: unknown) => copyRequest('curl', hint, context),
    [commandIds.copyAsHttp]: (hint: unknown) => copyRequest('http', hint, context),
    [commandIds.copyAsFetch]: (hint: unknown) => copyRequest('fetch', hint, context),
  };
}

interface Choice extends QuickPickItem {
  readonly request: ApiRequest;
}

/** Copies a request about a device or an authorization, without the token: the copy takes it from NUKI_TOKEN. */
async function copyRequest(format: RequestFormat, hint: unknown, context: Services): Promise<void> {
  const title = l10n.t('Copy Request');
  const authorization = pickedAt(hint, context);
  const state = authorization?.state ?? (await pickDevice(hint, context, title));
  if (!state) return;
  const choices = authorization
    ? authorizationRequests(authorization, context.renderContext().now)
    : deviceRequests(state.device);
  const chosen = await window.showQuickPick(choices, { title, placeHolder: l10n.t('Choose a request') });
  if (!chosen) return;
  const subject = authorization ? safeText(authorization.authorization.name) : nameOf(state, context);
  await copyQuietly(
    requestFormats[format](chosen.request, `${subject}: ${chosen.label}`),
    l10n.t('Request copied; it takes the token from NUKI_TOKEN'),
  );
}

function deviceRequests({ smartlockId: id, type }: Smartlock): Choice[] {
  const codesByName = Object.entries(kindOf(type).actions);
  return [
    choice(l10n.t('Read the Device'), readDevice(id)),
    choice(l10n.t('Read Its Authorizations'), readAuthorizations(id)),
    choice(l10n.t('Read Its Activity'), readActivity(id)),
    ...codesByName.flatMap(([name, code]) =>
      isActionName(name) ? [choice(l10n.t(actions[name].name), act(id, code))] : [],
    ),
    choice(l10n.t('Update from Lock'), sync(id)),
  ];
}

function authorizationRequests({ state, authorization }: Picked, now: number): Choice[] {
  const { smartlockId } = state.device;
  return [
    choice(l10n.t('Read the Authorization'), readAuthorization(smartlockId, authorization.id)),
    choice(l10n.t('Change the Authorization'), replaceAuthorization(smartlockId, authorization, now)),
    choice(l10n.t('Delete the Authorization'), deleteAuthorization(smartlockId, authorization.id)),
  ];
}

function choice(label: string, request: ApiRequest): Choice {
  return { label, description: `${request.method} ${request.path}`, request };
}
