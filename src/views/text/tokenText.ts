import type { Locale } from '../../base/locale.ts';
import { safeText } from '../../base/safeText.ts';
import type { TokenHolder, TokenMark } from '../../model/accounts/tokenHolders.ts';
import type { Integration } from '../../nuki/integration.ts';
import { scopeNames } from '../../nuki/permissions.ts';
import { instantOf } from '../../nuki/time/instant.ts';
import { asLabel } from './activityText.ts';
import type { RenderContext } from './renderContext.ts';
import { age, dateAndMinute } from './timeText.ts';
import { dayLength } from '../../nuki/time/timeOfDay.ts';

/** What the API calls an API token. */
const apiToken = 'API_TOKEN';

/** The vendors that Nuki's OpenAPI names; others keep their own names. */
const vendors: Readonly<Record<string, string>> = {
  [apiToken]: 'API token',
  ALEXA: 'Alexa',
  IOS: 'iOS app',
  NUKI_WEB: 'Nuki Web',
};

/** What has access, by the name that tells most: of an API token that is what its owner wrote of it. */
export function tokenHolderName({ name, description, vendorKey }: Integration, { t }: Pick<Locale, 't'>): string {
  const texts = vendorKey === apiToken ? [description, name] : [name, description];
  const [first] = texts.map((text) => safeText(text ?? '')).filter((text) => text !== '');
  return first ?? (vendorText(vendorKey, t) || t('unknown program'));
}

function vendorText(vendorKey: string | undefined, t: Locale['t']): string {
  const known = vendors[vendorKey ?? ''];
  return known === undefined ? safeText(vendorKey ?? '') : t(known);
}

/** Scopes by their names in Nuki Web: `view devices, operate devices`; unknown ones as they are. */
export function scopesText(scopes: readonly string[], { t }: Pick<Locale, 't'>): string {
  return scopes
    .map((scope) => (scopeNames[scope] === undefined ? safeText(scope) : t(scopeNames[scope])))
    .filter((name) => name !== '')
    .join(', ');
}

/** What is said of a mark, and what to do. */
export interface MarkText {
  readonly what: string;
  readonly advice: string;
}

export function markText(mark: TokenMark, locale: Locale): MarkText {
  const { t } = locale;
  switch (mark.kind) {
    case 'stale': {
      const days = Math.floor(mark.since / dayLength);
      const what = mark.wasUsed
        ? t('not used for {0} days', days)
        : t('never used since it was created {0} days ago', days);
      return { what, advice: t('If no one needs it, revoke it.') };
    }
    case 'broad':
      return {
        what: t("can do what Keyturner doesn't need: {0}", scopesText(mark.scopes, locale)),
        advice: t('Create a token without it in Nuki Web, select Replace Token, then revoke this one.'),
      };
    case 'legacy':
      return {
        what: t('connected the old way'),
        advice: t('If you use it, disconnect it and connect it again. Otherwise revoke it.'),
      };
  }
}

/** Whether it is Keyturner's own, in a few words; empty where it is not. */
export function ownershipText({ ownership }: Pick<TokenHolder, 'ownership'>, { t }: Pick<Locale, 't'>): string {
  if (ownership === 'own') return t("this one is Keyturner's");
  return ownership === 'maybe' ? t("may be Keyturner's") : '';
}

/** The row of a list: what it is called, what it is, and what to know of it first. */
export function tokenRow(
  holder: TokenHolder,
  context: RenderContext,
): { readonly label: string; readonly description: string; readonly detail: string } {
  const { integration, marks } = holder;
  const { t } = context;
  const label = tokenHolderName(integration, context);
  const vendor = vendorText(integration.vendorKey, t);
  const isStale = marks.some(({ kind }) => kind === 'stale');
  return {
    label,
    description: joined([
      vendor === label ? '' : vendor,
      subAccountText(integration, t),
      advancedText(integration),
      ownershipText(holder, context),
    ]),
    detail: asLabel(
      joined([
        ...marks.map((mark) => markText(mark, context).what),
        isStale ? '' : usedText(integration, context),
        scopesText(integration.scopes ?? [], context),
      ]),
      context,
    ),
  };
}

/** What is known of it, by names: permissions, dates, the sub-account. */
export function tokenFacts(
  { integration }: TokenHolder,
  context: RenderContext,
): readonly (readonly [name: string, value: string])[] {
  const { t } = context;
  const { scopes, createdAt, lastActiveAt, subAccount, subAccountName, subAccountId } = integration;
  const facts = [
    [
      t('Program type'),
      joined([vendorText(integration.vendorKey, t), integration.device === true ? t('personal device') : '']),
    ],
    [t('Permissions'), scopes === undefined ? '' : scopesText(scopes, context) || t('none')],
    [t('Created'), dateText(createdAt, context)],
    [t('Last used'), lastActiveAt === undefined ? t('never') : dateText(lastActiveAt, context)],
    [
      t('Sub-account'),
      subAccount === true || subAccountId !== undefined
        ? safeText(subAccountName ?? '') || String(subAccountId ?? t('unknown'))
        : '',
    ],
    [t('Advanced API'), advancedText(integration)],
  ] as const;
  return facts.filter(([, value]) => value !== '');
}

function subAccountText({ subAccount, subAccountName }: Integration, t: Locale['t']): string {
  if (subAccount !== true) return '';
  const name = safeText(subAccountName ?? '');
  return name === '' ? t('Sub-account') : t('via {0}', name);
}

function advancedText({ advancedType, advancedState }: Integration): string {
  return [advancedType, advancedState]
    .map((text) => safeText(text ?? ''))
    .filter((text) => text !== '')
    .join(', ');
}

function usedText({ lastActiveAt }: Integration, context: RenderContext): string {
  const { t } = context;
  if (lastActiveAt === undefined) return t('never used');
  const used = instantOf(lastActiveAt);
  return used === undefined ? '' : t('used {0}', age(context.now - used, context));
}

function dateText(date: string | undefined, context: RenderContext): string {
  const instant = instantOf(date);
  return instant === undefined
    ? safeText(date ?? '')
    : joined([dateAndMinute(instant, context), age(context.now - instant, context)]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
