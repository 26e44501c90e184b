import type { Authorization } from '../../../../src/nuki/authorization/authorization.ts';
import * as requests from '../../../../src/nuki/http/requests.ts';
import type { ApiRequest } from '../../../../src/nuki/http/requests.ts';

export const smartlockId = 21_913_877_581;
export const authorization: Authorization = {
  id: '5f2b7d0e9c1a4e0012ab34cd',
  type: 13,
  name: "Anna's \u202Ecode `x`",
  enabled: true,
  remoteAllowed: false,
  allowedWeekDays: 124,
  operationId: false,
};
/** When they are made. */
export const now: number = Date.UTC(2026, 10, 23, 12);

/** One of each kind. */
export const sampleRequests: readonly ApiRequest[] = [
  requests.readDevice(smartlockId),
  requests.readAuthorizations(smartlockId),
  requests.readAuthorization(smartlockId, authorization.id),
  requests.readActivity(smartlockId),
  requests.act(smartlockId, 1),
  requests.sync(smartlockId),
  requests.replaceAuthorization(smartlockId, authorization, now),
  requests.deleteAuthorization(smartlockId, authorization.id),
];
