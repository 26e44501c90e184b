import { accepted, badParameter, conflict, json, notFound } from '../answers.ts';
import {
  booleanField,
  choiceField,
  emailField,
  fieldsOf,
  integerField,
  listField,
  nonEmptyField,
  objectField,
  textField,
} from './requestFields.ts';
import type { Fields } from '../jsonFields.ts';
import type { Call, Route } from './routes.ts';
import type { SubAccountJson } from '../wire.ts';

const scopes = ['account'];
const ofSub = '/account/sub/{accountId}';

/** The account itself, the accounts that share its devices, and how Nuki Web shows it. */
export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/account', scopes, answer: ({ home }) => json(home.account) },
  { method: 'POST', path: '/account', scopes, answer: update },
  { method: 'GET', path: '/account/sub', scopes, answer: listSubs },
  { method: 'PUT', path: '/account/sub', scopes, answer: createSub },
  { method: 'GET', path: ofSub, scopes, answer: (call) => json(subOf(call)) },
  { method: 'POST', path: ofSub, scopes, answer: updateSub },
  { method: 'DELETE', path: ofSub, scopes, answer: removeSub },
  { method: 'GET', path: '/account/setting', scopes, answer: showSetting },
  { method: 'PUT', path: '/account/setting', scopes, answer: changeSetting },
  { method: 'DELETE', path: '/account/setting', scopes, answer: removeSetting },
];

/** A new password revokes all API tokens, unless `deleteApiTokens=false` keeps them. */
function update({ home, body, query }: Call): Response {
  const fields = fieldsOf(body);
  const { email: oldEmail, name: oldName } = home.account;
  const taken = home.subAccounts.map(({ email }) => email);
  const email = emailField(fields) ?? oldEmail;
  const language = nonEmptyField(fields, 'language');
  if (language === undefined) throw badParameter('language', null);
  const password = passwordField(fields);
  const keeps = query['deleteApiTokens'] ?? 'true';
  if (keeps !== 'true' && keeps !== 'false') throw badParameter('deleteApiTokens', keeps);
  if (taken.includes(email)) throw conflict('email');
  const name = nonEmptyField(fields, 'name') ?? oldName;
  home.account = { ...home.account, email, name, language, updateDate: home.timeline.date };
  if (password !== undefined && keeps === 'true') home.tokens.revokeAll();
  return accepted();
}

/** At least seven characters. Nuki's OpenAPI. */
function passwordField(fields: Fields): string | undefined {
  const password = nonEmptyField(fields, 'password');
  if (password !== undefined && password.length < 7) throw badParameter('password', '*'.repeat(password.length));
  return password;
}

/** Nuki takes `email` for a regular expression; here it is a part of the address. */
function listSubs({ home, query: { email = '' } }: Call): Response {
  return json(home.subAccounts.filter((sub) => sub.email.includes(email)));
}

function subOf({ home, params }: Call): SubAccountJson {
  const sub = home.subAccounts.find(({ accountId }) => String(accountId) === params['accountId']);
  if (sub === undefined) throw notFound();
  return sub;
}

/** @throws {Refusal} 409 where another account has it */
function subEmail({ home }: Call, email: string, own?: string): string {
  const taken = [home.account, ...home.subAccounts].filter((account) => account.email !== own);
  if (taken.some((account) => account.email === email)) throw conflict('email');
  return email;
}

function createSub(call: Call): Response {
  const { home, body } = call;
  const fields = fieldsOf(body);
  const email = emailField(fields);
  const name = nonEmptyField(fields, 'name');
  const language = nonEmptyField(fields, 'language');
  const rights = integerField(fields, 'rights', 0, 31);
  if (email === undefined) throw badParameter('email', null);
  if (name === undefined) throw badParameter('name', null);
  if (language === undefined) throw badParameter('language', null);
  if (passwordField(fields) === undefined) throw badParameter('password', null);
  if (rights === undefined) throw badParameter('rights', null);
  const { accountId: masterAccountId } = home.account;
  const { date } = home.timeline;
  const sub: SubAccountJson = {
    accountId: Math.max(masterAccountId, ...home.subAccounts.map(({ accountId }) => accountId)) + 1,
    type: 0,
    email: subEmail(call, email),
    emailVerified: false,
    name,
    masterAccountId,
    rights,
    language,
    creationDate: date,
    updateDate: date,
  };
  home.subAccounts = [...home.subAccounts, sub];
  return json(sub);
}

function updateSub(call: Call): Response {
  const { home, body } = call;
  const old = subOf(call);
  const fields = fieldsOf(body);
  const language = nonEmptyField(fields, 'language');
  if (language === undefined) throw badParameter('language', null);
  passwordField(fields);
  const sub: SubAccountJson = {
    ...old,
    email: subEmail(call, emailField(fields) ?? old.email, old.email),
    name: nonEmptyField(fields, 'name') ?? old.name,
    rights: integerField(fields, 'rights', 0, 127) ?? old.rights,
    language,
    updateDate: home.timeline.date,
  };
  home.subAccounts = home.subAccounts.map((other) => (other === old ? sub : other));
  return accepted();
}

function removeSub(call: Call): Response {
  const { home } = call;
  const removed = subOf(call);
  home.subAccounts = home.subAccounts.filter((sub) => sub !== removed);
  return accepted();
}

function showSetting({ home }: Call): Response {
  if (home.setting === undefined) throw notFound();
  return json(home.setting);
}

function changeSetting({ home, body }: Call): Response {
  const web = objectField(fieldsOf(body), 'web');
  home.setting = web === undefined ? {} : { web: webSetting(web) };
  return json(home.setting);
}

/** What Nuki's OpenAPI knows of it. */
function webSetting(fields: Fields): object {
  return given({
    deviceViewType: choiceField(fields, 'deviceViewType', ['LIST', 'TILE']),
    deviceSortType: choiceField(fields, 'deviceSortType', [
      'FAVOURITES_FIRST',
      'NAME_ASC',
      'NAME_DESC',
      'LAST_ADDED_DESC',
    ]),
    nukiClubDismissed: booleanField(fields, 'nukiClubDismissed'),
    annotations: objectField(fields, 'annotations'),
    removedStaledDevices: listField(fields, 'removedStaledDevices')?.map(staleDevice),
    markedStaledDevices: listField(fields, 'markedStaledDevices')?.map(staleDevice),
  });
}

function staleDevice(value: unknown): object {
  const fields = fieldsOf(value);
  return given({
    smartlockId: integerField(fields, 'smartlockId', 0, Number.MAX_SAFE_INTEGER),
    name: textField(fields, 'name'),
    read: booleanField(fields, 'read'),
  });
}

/** Without the fields that have no value. */
function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function removeSetting({ home }: Call): Response {
  home.setting = undefined;
  return accepted();
}
