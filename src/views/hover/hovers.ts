import type { MarkdownString } from 'vscode';
import type { Store } from '../../model/store.ts';
import type { UnlatchSupport } from '../../model/actions/unlatchSupport.ts';
import type { RenderContext } from '../text/renderContext.ts';
import { devicesIn } from '../text/duplicateNames.ts';
import { HolderCache } from '../tree/holderCache.ts';
import type { NodeAddress } from '../tree/nodes.ts';
import { accountHover } from './accountHover.ts';
import { activityHover } from './activityHover.ts';
import { authorizationHover, pendingAuthorizationHover } from './authorizationHover.ts';
import { deviceHover } from './deviceHover.ts';
import type { Hover } from './hover.ts';
import { holderHover } from './holderHover.ts';
import { markdownOf } from './markdown.ts';

/** What is said when the user points at something: made when it is asked for, as 200 of them would be most of what opening a device takes. */
export class Hovers {
  readonly #store: Pick<Store, 'account' | 'device'>;
  readonly #unlatchSupport: Pick<UnlatchSupport, 'canUnlatch'>;
  readonly #context: () => RenderContext;
  readonly #holders: HolderCache;

  constructor(
    store: Pick<Store, 'account' | 'device'>,
    unlatchSupport: Pick<UnlatchSupport, 'canUnlatch'>,
    context: () => RenderContext,
    holders = new HolderCache(store),
  ) {
    this.#holders = holders;
    this.#store = store;
    this.#unlatchSupport = unlatchSupport;
    this.#context = context;
  }

  /** `undefined` for what is not known now, and for a row that says everything itself. */
  of(address: NodeAddress | undefined): MarkdownString | undefined {
    const hover = address && this.#hoverOf(address);
    return hover && markdownOf(hover);
  }

  #hoverOf(address: NodeAddress): Hover | undefined {
    const account = this.#store.account(address.accountId);
    if (!account) return undefined;
    const context = this.#context();
    if (address.kind === 'account') return accountHover(account, context);
    if (address.kind === 'holder') {
      const holding = this.#holders.find(account, address.holder, context.language);
      return holding && holderHover(holding, context);
    }
    if (!('smartlockId' in address) || address.smartlockId === undefined) return undefined;
    const { accountId, smartlockId } = address;
    const ref = { accountId, smartlockId };
    const state = this.#store.device(ref);
    if (!state) return undefined;
    switch (address.kind) {
      case 'device': {
        const canUnlatch = this.#unlatchSupport.canUnlatch(ref);
        return deviceHover({ state, others: devicesIn(account), account, canUnlatch }, context);
      }
      case 'authorization': {
        const authorization = state.authorizations?.items.find(({ id }) => id === address.id);
        return authorization && authorizationHover(authorization, state, context);
      }
      case 'pendingAuthorization': {
        const pending = state.pendingChanges?.find(({ key }) => key === address.key);
        return pending?.kind === 'create' ? pendingAuthorizationHover(pending, state, context) : undefined;
      }
      case 'activityEntry': {
        const entry = state.activity?.items.find(({ id }) => id === address.id);
        return entry && activityHover(entry, state.device, context);
      }
      case 'authorizations':
      case 'authorizationGroup':
      case 'unreadableAuthorization':
      case 'activity':
      case 'activityNotice':
      case 'moreActivity':
      case 'notice':
        return undefined;
    }
  }
}
