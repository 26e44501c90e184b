import { deviceType } from '../../nuki/vocabulary/kinds.ts';
import { accepted, badParameter, busy } from '../answers.ts';
import { booleanField, fieldsOf, integerField, integerOf, listField, nonEmptyField } from './requestFields.ts';
import { deviceOf, type Call, type Route } from './routes.ts';
import { settingsIn } from './settingsRules.ts';
import type { SettingsPart } from '../wire.ts';

const scopes = ['smartlock.config'];
const ofOne = '/smartlock/{smartlockId}';

/** What the owner of a device can set. */
export const settingsRoutes: readonly Route[] = [
  { method: 'POST', path: ofOne, scopes: ['smartlock'], answer: rename },
  { method: 'POST', path: `${ofOne}/config`, scopes, answer: (call) => configure(call, 'config') },
  { method: 'POST', path: `${ofOne}/advanced/config`, scopes, answer: (call) => configure(call, 'advancedConfig') },
  {
    method: 'POST',
    path: `${ofOne}/advanced/openerconfig`,
    scopes,
    answer: (call) => configure(call, 'openerAdvancedConfig'),
  },
  {
    method: 'POST',
    path: `${ofOne}/advanced/smartdoorconfig`,
    scopes,
    answer: (call) => configure(call, 'smartdoorAdvancedConfig'),
  },
  { method: 'POST', path: `${ofOne}/web/config`, scopes, answer: configureWeb },
  { method: 'POST', path: `${ofOne}/admin/pin`, scopes, answer: setAdminPin },
];

/** The name in the account and the mark as a favorite are the cloud's alone: they change at once. */
function rename(call: Call): Response {
  const { cloud } = deviceOf(call);
  const fields = fieldsOf(call.body);
  const { listed } = cloud;
  const name = nonEmptyField(fields, 'name') ?? listed.name;
  const favorite = booleanField(fields, 'favorite') ?? listed.favorite;
  if (!call.twist.never) cloud.list({ name, favorite });
  return accepted();
}

/** @throws {Refusal} 400 for a device of another kind, 423 while another operation is under way */
function configure(call: Call, part: SettingsPart): Response {
  const device = deviceOf(call);
  const { [part]: old, operationId } = device.cloud.listed;
  if (old === undefined) throw badParameter('smartlockId', device.id);
  const set = settingsIn(part, fieldsOf(call.body), old);
  if (operationId !== undefined || 'operationId' in old) throw busy();
  device.configure(part, set, call.twist, call.deed);
  return accepted();
}

/** What is missing or null stays as it is. */
function configureWeb(call: Call): Response {
  const { cloud } = deviceOf(call);
  const fields = fieldsOf(call.body);
  const batteryWarningPerMailEnabled = booleanField(fields, 'batteryWarningPerMailEnabled');
  const dismissed = listField(fields, 'dismissedLiftUpHandleWarning');
  const dismissedLiftUpHandleWarning = dismissed?.map((id) =>
    integerOf('dismissedLiftUpHandleWarning', id, 0, 2 ** 31 - 1),
  );
  const webConfig = {
    ...cloud.listed.webConfig,
    ...(batteryWarningPerMailEnabled !== undefined && { batteryWarningPerMailEnabled }),
    ...(dismissedLiftUpHandleWarning !== undefined && { dismissedLiftUpHandleWarning }),
  };
  if (!call.twist.never) cloud.list({ webConfig });
  return accepted();
}

/** Four digits, and six for a Smart Lock of the 5th generation. Nuki's OpenAPI; help.nuki.io, "PIN". */
function setAdminPin(call: Call): Response {
  const device = deviceOf(call);
  const most = device.type === deviceType.smartLock5 ? 999_999 : 9999;
  const fields = fieldsOf(call.body);
  if (integerField(fields, 'adminPin', 0, most) === undefined) throw badParameter('adminPin', null);
  device.setAdminPin(call.twist, call.deed);
  return accepted();
}
