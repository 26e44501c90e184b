import { apiKeyId } from './webhooks/webhooks.ts';
import type { IntegrationJson } from './wire.ts';

/** What is said of something that has access to the account. Dates as the cloud writes them. */
export type IntegrationDetails = Pick<IntegrationJson, 'name' | 'vendorKey'> &
  Partial<Pick<IntegrationJson, 'description' | 'scopes' | 'createdAt' | 'lastActiveAt' | 'device'>> & {
    readonly isLegacy?: boolean;
    /** The account that shares the devices, by which it has access. */
    readonly subAccount?: { readonly accountId: number; readonly name: string };
  };

export const apiTokenVendor = 'API_TOKEN';

/** In a place where no token of a home is. */
const firstTokenId = 50_001;
const firstClientId = 2_020_201;

/** Programs, phones and API tokens as the API lists them: API tokens have ids of their own and the API key as their client. */
export function makeIntegrations(all: readonly IntegrationDetails[]): readonly IntegrationJson[] {
  return all.map(({ isLegacy = false, subAccount, ...details }, index) => {
    const isToken = details.vendorKey === apiTokenVendor;
    return {
      version: isLegacy ? 'LEGACY' : 'HYDRA',
      warning: isLegacy,
      subAccount: subAccount !== undefined,
      ...(subAccount && { subAccountId: subAccount.accountId, subAccountName: subAccount.name }),
      ...details,
      ...(isToken && { tokenId: String(firstTokenId + index) }),
      clientId: String(isToken ? apiKeyId : firstClientId + index),
      sortOrder: index,
      device: details.device ?? false,
    };
  });
}
