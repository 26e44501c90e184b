/** The API's `type` of an authorization. OpenAPI. */
export const authorizationType = {
  app: 0,
  bridge: 1,
  fob: 2,
  keypad: 3,
  keypadCode: 13,
  zKey: 14,
  virtual: 15,
} as const;

/** What authorizations are listed under, in this order. */
export const authorizationGroups = ['people', 'codes', 'fobs', 'system'] as const;

export type AuthorizationGroup = (typeof authorizationGroups)[number];

/**
 * The group of an authorization by its type. Those of the system connect the device with Nuki Web, a bridge or a keypad, and each may end
 * more than its name says; a type that is not known is taken for one of them.
 */
export function groupOf(type: number): AuthorizationGroup {
  if (type === authorizationType.app) return 'people';
  if (type === authorizationType.keypadCode) return 'codes';
  return type === authorizationType.fob ? 'fobs' : 'system';
}

/** Whether an authorization of this type lets a person in. */
export function isForPerson(type: number): boolean {
  return groupOf(type) !== 'system';
}
