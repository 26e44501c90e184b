import type { Clock } from '../../../base/clock.ts';
import type { AccountActivity } from '../../../model/activity/accountActivity.ts';
import type { SavedFilters } from '../../../model/activity/savedFilters.ts';
import type { Store } from '../../../model/store.ts';
import type { RenderContext } from '../../../views/text/renderContext.ts';
import type { Filter, ToPage } from '../../protocol/activity.ts';
import type { PagePanel } from '../panel.ts';

/** Which activity is looked at. */
export interface ActivityRequest {
  readonly accountId: string;
  readonly filter: Filter;
}

/** What the page needs of the rest of the extension. */
export interface ActivityServices {
  readonly store: Store;
  readonly clock: Clock;
  /** Ms since 1970 by Nuki's clock. */
  readonly nukiNow: () => number;
  readonly renderContext: () => RenderContext;
  readonly saved: Pick<SavedFilters, 'list' | 'save' | 'delete'>;
  deviceName(smartlockId: number): string;
  accountName(): string;
  showInSidebar(smartlockId: number): Promise<void>;
  /** Asks where to, reads on to the end, and writes a file. */
  exportAll(activity: AccountActivity): Promise<void>;
  openWeb(): Promise<void>;
  replaceToken(): Promise<void>;
}

/** What the page has of the panel in which it is shown. */
export interface ActivityPanel extends PagePanel<ToPage> {
  /** IANA, of this computer. */
  readonly ownZone: string;
}
