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

/**
 * Whether an authorization of this type lets a person in. The others connect the device with Nuki Web, a bridge or a keypad, and each
 * may end more than its name says; a type that is not known is taken for one of them.
 */
export function isForPerson(type: number): boolean {
  return type === authorizationType.app || type === authorizationType.fob || type === authorizationType.keypadCode;
}
