/** Names a device across accounts. */
export interface DeviceRef {
  readonly accountId: string;
  readonly smartlockId: number;
}

/** A ref as a key of maps, sets, mementos and the setting for the status bar: `accountId/smartlockId`. */
export function keyOf({ accountId, smartlockId }: DeviceRef): string {
  return `${accountId}/${smartlockId}`;
}

/** The ref that {@link keyOf} made the key of, or `undefined` for anything else. */
export function parseKey(key: string): DeviceRef | undefined {
  const [, accountId, smartlockId] = /^([^/]+)\/(\d{1,16})$/.exec(key) ?? [];
  return accountId === undefined ? undefined : { accountId, smartlockId: Number(smartlockId) };
}

/** The ref of what is known of a device. */
export function refOf({
  accountId,
  device,
}: {
  readonly accountId: string;
  readonly device: Pick<DeviceRef, 'smartlockId'>;
}): DeviceRef {
  return { accountId, smartlockId: device.smartlockId };
}
