import * as v from 'valibot';
import { integer, maybe } from './decode.ts';

/** `GET /account`: whose token it is. */
export const accountSchema = v.object({
  accountId: integer,
  name: maybe(v.string()),
});

export type Account = Readonly<v.InferOutput<typeof accountSchema>>;
