/** Names a device across accounts: what the setting for the status bar holds. */
export interface DeviceReference {
  readonly accountId: string;
  readonly smartlockId: number;
}

/** `accountId/smartlockId`, or `undefined` for anything else. */
export function parseReference(text: string): DeviceReference | undefined {
  const [, accountId, smartlockId] = /^([^/]+)\/(\d{1,16})$/.exec(text) ?? [];
  return accountId === undefined ? undefined : { accountId, smartlockId: Number(smartlockId) };
}

export function formatReference({ accountId, smartlockId }: DeviceReference): string {
  return `${accountId}/${smartlockId}`;
}
