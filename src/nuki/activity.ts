import type { InferOutput } from 'valibot';
import type { activitySchema } from './schemas.ts';

export type ActivityEntry = Readonly<InferOutput<typeof activitySchema>>;

/** The log's trigger for what the Web API was asked to do. OpenAPI. */
export const webTrigger = 4;
