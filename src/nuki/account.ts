import type { InferOutput } from 'valibot';
import type { accountSchema } from './schemas.ts';

export type Account = Readonly<InferOutput<typeof accountSchema>>;
