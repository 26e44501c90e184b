import type { InferOutput } from 'valibot';
import type { activitySchema } from './schemas.ts';

/** What somebody, or something, tried to do with a device, and how it ended. */
export type ActivityEntry = Readonly<InferOutput<typeof activitySchema>>;

/** The log's trigger for what the Web API was asked to do. OpenAPI. */
export const webTrigger = 4;
