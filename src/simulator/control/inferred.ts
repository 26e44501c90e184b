import { behaviours } from '../behaviours.ts';
import { checkQuery } from './body.ts';
import type { ControlRoute } from './routes.ts';

export const inferredRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_sim/inferred',
    does: 'what the simulated API does, and where it is known from that Nuki’s does so',
    answer: ({ query }) => {
      checkQuery(query, []);
      return { behaviours };
    },
  },
];
