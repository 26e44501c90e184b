import * as v from 'valibot';
import { integer, maybe } from './decode.ts';

/** An element of `GET /smartlock/{id}/log`: an attempt, which `state` says the end of. */
export const activitySchema = v.object({
  id: v.string(),
  action: integer,
  trigger: maybe(integer),
  state: maybe(integer),
  date: maybe(v.string()),
  name: maybe(v.string()),
  source: maybe(integer),
});

export type ActivityEntry = Readonly<v.InferOutput<typeof activitySchema>>;

/** The log's trigger for what the Web API was asked to do. OpenAPI. */
export const webTrigger = 4;
