import { deviceType, kindOf } from '../../nuki/vocabulary/kinds.ts';
import type { Device } from './device.ts';

/** What some devices have and others do not. */
export type Part = 'bolt' | 'bell' | 'keypad' | 'door sensor';

export function hasPart({ type, cloud, state }: Device, part: Part): boolean {
  switch (part) {
    case 'bolt':
      return kindOf(type).bolt;
    case 'bell':
      return type === deviceType.opener;
    case 'keypad':
      return cloud.listed.config.keypadPaired || cloud.listed.config.keypad2Paired;
    case 'door sensor':
      return state.doorState !== 0;
  }
}
