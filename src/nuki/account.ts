import type { InferOutput } from 'valibot';
import type { accountSchema, personSchema } from './http/schemas.ts';

/** The account that a token belongs to. */
export type Account = Readonly<InferOutput<typeof accountSchema>>;

/** An account user: whom an app or fob authorization belongs to. */
export type Person = Readonly<InferOutput<typeof personSchema>>;
