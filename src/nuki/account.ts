import type { Understood } from './http/schema.ts';
import type { accountSchema, personSchema } from './http/schemas.ts';

/** The account that a token belongs to. */
export type Account = Readonly<Understood<typeof accountSchema>>;

/** An account user, the owner of app and fob authorizations. */
export type Person = Readonly<Understood<typeof personSchema>>;

/** What is taken for an email address. */
export const emailForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** By what email addresses are compared: people write them with other capitals, and with spaces around. Empty where there is none. */
export function emailKey(email: string | undefined): string {
  return (email ?? '').trim().toLowerCase();
}
