import { demoToken, demoHomeOptions } from '../../src/simulator/demo/demo.ts';
import { frontDoor } from '../../src/simulator/demo/demoDevices.ts';
import { SimulatedHome } from '../../src/simulator/home.ts';
import type { LogJson } from '../../src/simulator/wire.ts';
import type { FakeClock } from './fakeClock.ts';

/** `count` entries of the front door, a minute apart and newest first; the newest is `entry <count>`. */
export function longLog(clock: FakeClock, count: number): readonly LogJson[] {
  return Array.from({ length: count }, (_, ago) => ({
    id: (0x1000_0000 + count - ago).toString(16),
    smartlockId: frontDoor,
    deviceType: 4,
    name: `entry ${count - ago}`,
    action: ago % 2 === 0 ? 2 : 1,
    trigger: 5,
    state: 0,
    autoUnlock: false,
    date: new Date(clock.now() - ago * 60_000).toISOString(),
    source: 0,
  }));
}

/** The demo home with another log at the front door. */
export function homeWithLog(clock: FakeClock, log: readonly LogJson[], scopes?: readonly string[]): SimulatedHome {
  const options = demoHomeOptions(clock, 7);
  return new SimulatedHome({
    ...options,
    tokens: [{ token: demoToken, ...(scopes && { scopes }) }],
    devices: options.devices.map((device) => (device.listed.smartlockId === frontDoor ? { ...device, log } : device)),
  });
}
