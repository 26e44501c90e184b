import { accepted, badParameter, forbidden, json, notFound } from '../answers.ts';
import { fieldsOf, integerField, listField, nonEmptyField, textField } from './requestFields.ts';
import type { Fields } from '../jsonFields.ts';
import type { Call, Route } from './routes.ts';
import type { NotificationJson } from '../wire.ts';

const scopes = ['smartlock.log'];
const ofOne = '/notification/{notificationId}';

/** Who is to be told of what happens. Nothing is sent to them: of this older way no one has published that it works with API tokens. */
export const notificationRoutes: readonly Route[] = [
  { method: 'GET', path: '/notification', scopes, answer: list },
  { method: 'PUT', path: '/notification', scopes, answer: create },
  { method: 'GET', path: ofOne, scopes, answer: show },
  { method: 'POST', path: ofOne, scopes, answer: update },
  { method: 'DELETE', path: ofOne, scopes, answer: remove },
];

function list({ home, query: { referenceId } }: Call): Response {
  return json(home.notifications.filter((each) => referenceId === undefined || each.referenceId === referenceId));
}

function find({ home, params }: Call): NotificationJson | undefined {
  return home.notifications.find(({ notificationId }) => notificationId === params['notificationId']);
}

function show(call: Call): Response {
  const found = find(call);
  if (found === undefined) throw notFound();
  return json(found);
}

function create({ home, body }: Call): Response {
  const { timeline } = home;
  const notification = notificationIn(fieldsOf(body), {
    notificationId: timeline.newId(),
    secret: timeline.random.hex(40),
    lastActiveDate: timeline.date,
  });
  home.notifications = [...home.notifications, notification];
  return json(notification);
}

function update(call: Call): Response {
  const { home, body } = call;
  const old = find(call);
  if (old === undefined) throw forbidden();
  const { notificationId, secret = home.timeline.random.hex(40) } = old;
  const kept = { notificationId, secret, lastActiveDate: home.timeline.date };
  const notification = notificationIn(fieldsOf(body), kept);
  home.notifications = home.notifications.map((other) => (other === old ? notification : other));
  return json(notification);
}

function remove(call: Call): Response {
  const removed = find(call);
  if (removed === undefined) throw forbidden();
  call.home.notifications = call.home.notifications.filter((each) => each !== removed);
  return accepted();
}

const webHook = 2;

/** What a body describes. `secret` signs messages to a URL, and is there with those alone. */
function notificationIn(
  fields: Fields,
  { secret, ...kept }: Pick<NotificationJson, 'notificationId' | 'lastActiveDate'> & { readonly secret: string },
): NotificationJson {
  const os = integerField(fields, 'os', 0, webHook);
  const pushId = nonEmptyField(fields, 'pushId');
  const referenceId = textField(fields, 'referenceId');
  const settings = listField(fields, 'settings')?.map(settingOf);
  if (os === undefined) throw badParameter('os', null);
  if (pushId === undefined || (os === webHook && !URL.canParse(pushId))) throw badParameter('pushId', pushId ?? null);
  if (settings === undefined) throw badParameter('settings', null);
  return {
    ...kept,
    ...(referenceId !== undefined && { referenceId }),
    pushId,
    ...(os === webHook && { secret }),
    os,
    language: nonEmptyField(fields, 'language') ?? 'en',
    status: 1,
    settings,
  };
}

function settingOf(value: unknown): NotificationJson['settings'][number] {
  const fields = fieldsOf(value);
  const smartlockId = integerField(fields, 'smartlockId', 0, Number.MAX_SAFE_INTEGER);
  const triggerEvents = textsField(fields, 'triggerEvents');
  const authIds = textsField(fields, 'authIds');
  if (triggerEvents === undefined) throw badParameter('triggerEvents', null);
  return { ...(smartlockId !== undefined && { smartlockId }), triggerEvents, ...(authIds && { authIds }) };
}

function textsField(fields: Fields, name: string): readonly string[] | undefined {
  return listField(fields, name)?.map((text) => {
    if (typeof text !== 'string') throw badParameter(name, text);
    return text;
  });
}
