import type { Clock } from '../../../base/clock.ts';
import type { DeviceState } from '../../../model/snapshots.ts';
import type { Store } from '../../../model/store.ts';
import type { NukiError } from '../../../nuki/http/errors.ts';
import type { WallTime } from '../../../nuki/time/zonedTime.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import type { ToPage, View } from '../../protocol/calendar.ts';
import type { PagePanel } from '../panel.ts';
import type { FileKind } from './pictureFile.ts';

/** What a calendar is opened for. */
export interface CalendarRequest {
  readonly accountId: string;
  readonly view: View;
}

/** What a calendar needs of the rest of the extension. */
export interface CalendarServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly renderContext: () => RenderContext;
  accountName(): string;
  deviceName(state: DeviceState): string;
  errorText(error: NukiError): string;
  /** Opens the form of an authorization. */
  edit(smartlockId: number, id: string): void;
  /** Opens a form for a new one on a device, with times on its clock. */
  create(smartlockId: number, from: WallTime, until: WallTime): void;
  copy(text: string): Promise<void>;
  /** Asks for a file, writes what `draw` makes of it, and then says `done`. */
  save(draw: (kind: FileKind) => Promise<string>, done: string): Promise<void>;
}

export type CalendarPanel = Pick<PagePanel<ToPage>, 'id' | 'post'>;
