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
