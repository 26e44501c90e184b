import { hexOfDeviceId, readDeviceId, typeOfDeviceId } from '../../nuki/deviceId.ts';
import { deviceIdsIn, queryOf, readsLog } from './requests.ts';
import { each } from './run.ts';

const tokenName = /^(?:(?:access|api|auth|bearer|nuki)[-_]?)?(?:token|key)$|^(?:authorization|bearer)$/i;

export const tokenInAddress = each(
  () => true,
  (exchange) => [...queryOf(exchange)].some(([name, value]) => tokenName.test(name) && value !== ''),
);

const dateFilters = ['fromDate', 'toDate'] as const;

export const unixTime = each(
  (exchange) => readsLog(exchange) && dateFilters.some((name) => queryOf(exchange).has(name)),
  (exchange) => dateFilters.some((name) => /^\d{9,13}(?:\.\d+)?$/.test(queryOf(exchange).get(name) ?? '')),
);

export const wrongDeviceId = each(
  (exchange) => deviceIdsIn(exchange).length > 0,
  (exchange) => {
    const ids = exchange.known?.deviceIds ?? [];
    return deviceIdsIn(exchange).some((sent) => ids.some((id) => sent !== String(id) && isOtherNotation(sent, id)));
  },
);

/** Whether `sent` is the device `id` in a notation that the Web API does not take; public clients have sent each of them. */
function isOtherNotation(sent: string, id: number): boolean {
  const bare = id % 2 ** 32;
  const unpadded = bare.toString(16);
  const withoutFirstDigit = hexOfDeviceId(id).slice(1);
  const miscounted = [
    Number.parseInt(`${typeOfDeviceId(id)}${unpadded}`, 16),
    Number.parseInt(withoutFirstDigit, 16),
    bare - 2 ** 32,
  ];
  return readDeviceId(sent).some((read) => read.bare === bare) || miscounted.map(String).includes(sent);
}
