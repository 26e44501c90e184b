import type { Device } from '../devices/device.ts';
import { hasPart, type Part } from '../devices/parts.ts';
import type { AuthorizationJson } from '../wire.ts';
import { Body, orList } from './body.ts';
import { deeds } from './deeds.ts';
import { refusal, type ControlCall, type ControlRoute } from './routes.ts';

const ofOne = '/_sim/devices/{smartlockId}';

export const deviceRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_sim/devices', does: 'every device as it really is', answer: list },
  {
    method: 'GET',
    path: ofOne,
    does: 'a device as it really is, with the authorizations that it really stores',
    answer: (call) => whole(deviceOf(call)),
  },
  {
    method: 'POST',
    path: ofOne,
    does: `what someone does at the device, one of ${Object.values(deeds)
      .map(({ example }) => JSON.stringify(example))
      .join(', ')}`,
    answer: act,
  },
];

function list({ simulation }: ControlCall): object {
  return { devices: simulation.home.devices().map(shortly) };
}

/** @throws {Refusal} 404 */
function deviceOf({ simulation, params }: ControlCall): Device {
  const id = params['smartlockId'] ?? '';
  const device = simulation.home.devices().find((candidate) => String(candidate.id) === id);
  if (device !== undefined) return device;
  throw refusal(
    404,
    `There is no device ${JSON.stringify(id.slice(0, 64))} in this home. GET /_sim/devices lists them.`,
  );
}

function shortly({ id, type, cloud, state }: Device): object {
  return { smartlockId: id, name: cloud.listed.name, type, online: cloud.online, state };
}

function whole(device: Device): object {
  return { ...shortly(device), authorizations: device.store.stored.map(withoutCode) };
}

function withoutCode(authorization: AuthorizationJson): object {
  const { code: _, ...rest } = authorization;
  return rest;
}

function act(call: ControlCall): object {
  const device = deviceOf(call);
  const { home } = call.simulation;
  const all = Object.keys(deeds);
  const body = new Body(call.body, [...new Set([...all, ...Object.values(deeds).flatMap(({ also = [] }) => also)])]);
  const [name, ...others] = all.filter((candidate) => body.has(candidate));
  const deed = name === undefined ? undefined : deeds[name];
  if (name === undefined || deed === undefined || others.length > 0) {
    throw refusal(400, `Send one of ${orList(all)}.`);
  }
  const besides = body.names.find((field) => field !== name && !deed.also?.includes(field));
  if (besides !== undefined) throw refusal(400, `"${besides}" does not go with "${name}".`);
  if (deed.example[name] === true) body.checkTrue(name);
  refuseWhereImpossible(device, deed.needs);
  const result = deed.happen({ home, device, body });
  return { ...shortly(device), ...result };
}

/** @throws {Refusal} 400 where the device lacks what a deed needs */
function refuseWhereImpossible(device: Device, needs: Part | undefined): void {
  if (needs !== undefined && !hasPart(device, needs)) throw refusal(400, `This device has no ${needs}.`);
}
