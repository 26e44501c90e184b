import { authorizationType } from './authorizationType.ts';

/** What a person opens a door with, where access is given by hand. */
export const credentials = ['code', 'app', 'fob'] as const;

export type Credential = (typeof credentials)[number];

/** The API's `type` of an authorization for each. */
export const typeOfCredential: Readonly<Record<Credential, number>> = {
  code: authorizationType.keypadCode,
  app: authorizationType.app,
  fob: authorizationType.fob,
};
