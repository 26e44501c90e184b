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
import { pickedAt, type Picked } from '../commands/authorizations/pickAuthorization.ts';
import type { Services } from '../commands/services.ts';
import type { Memento } from '../model/memento.ts';

export function copyRequestCommands(context: Services) {
  return {
    [commandIds.copyRequest]: (hint: unknown) => copyRequest(hint, context),
  };
}

interface Choice extends QuickPickItem {
  readonly request: ApiRequest;
}

/** Copies a request about a device or an authorization, without the token: the copy takes it from NUKI_TOKEN. */
async function copyRequest(hint: unknown, context: Services): Promise<void> {
  const title = l10n.t('Copy Request');
  const authorization = pickedAt(hint, context);
  const state = authorization?.state ?? (await pickDevice(hint, context, title));
  if (!state) return;
  const choices = authorization
    ? authorizationRequests(authorization, context.renderContext().now)
    : deviceRequests(state.device);
  const chosen = await window.showQuickPick(choices, { title, placeHolder: l10n.t('Choose a request') });
  const format = chosen && (await pickFormat(title, context.memento));
  if (!format) return;
  const subject = authorization ? safeText(authorization.authorization.name) : nameOf(state, context);
  await copyQuietly(
    requestFormats[format](chosen.request, `${subject}: ${chosen.label}`),
    l10n.t('Request copied. Set NUKI_TOKEN before you run it.'),
  );
}

const formatNames: Readonly<Record<RequestFormat, string>> = { curl: 'curl', http: 'HTTP file', fetch: 'fetch' };

/** The key of the memento under which the last format is kept. */
const lastFormat = 'requestFormat';

/** Asks for a format, with the one of last time on top. */
async function pickFormat(title: string, memento: Memento): Promise<RequestFormat | undefined> {
  const last = memento.get(lastFormat);
  const formats = Object.keys(requestFormats).filter(isRequestFormat);
  const items = formats
    .toSorted((one, other) => Number(other === last) - Number(one === last))
    .map((format) => ({ label: l10n.t(formatNames[format]), format }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: l10n.t('Choose a format') });
  if (chosen) await memento.update(lastFormat, chosen.format);
  return chosen?.format;
}

function isRequestFormat(name: string): name is RequestFormat {
  return Object.hasOwn(requestFormats, name);
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
    choice(l10n.t('Wake and Refresh'), sync(id)),
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
