import type { InferOutput } from 'valibot';
import type { accountSchema } from './schemas.ts';

/** The account that a token belongs to. */
export type Account = Readonly<InferOutput<typeof accountSchema>>;
