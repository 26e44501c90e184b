import type { OpenedPage, PageOptions } from './page.ts';

/** A page that is open, whatever it shows. */
export type AnyPage = Pick<
  OpenedPage<object, object>,
  'page' | 'warnings' | 'requests' | 'isSilent' | 'tellAll' | 'settles' | 'dress' | 'findings' | 'overflow' | 'close'
> & { readonly posted: readonly unknown[] };

/** What a page is tried with. */
export interface TriedPage {
  readonly open: (options?: PageOptions) => Promise<AnyPage>;
  /** What it can show, in German where that is longer: the messages that lead there, the first of which begins anew. */
  readonly screens: Readonly<Record<string, readonly Told[]>>;
  /** The strings in its messages that are no texts. */
  readonly words: ReadonlySet<unknown>;
}

export interface Told {
  readonly name: string;
  readonly body: unknown;
}
