import { listedDelivery } from '../webhooks/deliveries.ts';
import { Body, checkQuery, required } from './body.ts';
import { refusal, type ControlCall, type ControlRoute } from './routes.ts';

const path = '/_sim/deliveries';

export const deliveryRoutes: readonly ControlRoute[] = [
  { method: 'GET', path, does: 'the webhooks that were sent, and what their receivers answered', answer: list },
  { method: 'POST', path, does: 'sends one again: {"replay": 3} with its number', answer: replay },
];

function list({ simulation, query }: ControlCall): object {
  checkQuery(query, []);
  const { timeline, webhooks } = simulation.home;
  timeline.catchUp();
  return { deliveries: webhooks.deliveries.all.map(listedDelivery) };
}

function replay(call: ControlCall): object {
  const { webhooks } = call.simulation.home;
  const body = new Body(call.body, ['replay']);
  const number = required(body.wholeNumber('replay', 1, Number.MAX_SAFE_INTEGER), 'replay');
  if (!webhooks.replay(number)) {
    throw refusal(404, `There is no delivery ${number} to someone who still gets webhooks. GET ${path} lists them.`);
  }
  return list({ ...call, query: {} });
}
