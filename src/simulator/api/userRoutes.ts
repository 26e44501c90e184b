import { accepted, badParameter, busy, conflict, json, notFound } from '../answers.ts';
import { choiceField, emailField, fieldsOf, integerField, nonEmptyField } from './requestFields.ts';
import type { Call, Route } from './routes.ts';
import type { AccountUserJson } from '../wire.ts';

const scopes = ['account', 'smartlock.auth'];
const languages = ['en', 'de', 'es', 'fr', 'it', 'nl', 'cs', 'sk'] as const;
const ofOne = '/account/user/{accountUserId}';

/** The people who can be given an app authorization. */
export const userRoutes: readonly Route[] = [
  { method: 'GET', path: '/account/user', scopes, answer: list },
  { method: 'PUT', path: '/account/user', scopes, answer: create },
  { method: 'GET', path: ofOne, scopes, answer: (call) => json(userOf(call)) },
  { method: 'POST', path: ofOne, scopes, answer: update },
  { method: 'DELETE', path: ofOne, scopes, answer: remove },
];

function list({ home, query }: Call): Response {
  const { email } = query;
  const offset = integerField(query, 'offset') ?? 0;
  const limit = integerField(query, 'limit') ?? Infinity;
  return json(home.users.filter((user) => (email ?? user.email) === user.email).slice(offset, offset + limit));
}

function userOf({ home, params }: Call): AccountUserJson {
  const user = home.users.find(({ accountUserId }) => String(accountUserId) === params['accountUserId']);
  if (user === undefined) throw notFound();
  return user;
}

/** @throws {Refusal} 409 where another person has it */
function freeEmail({ home }: Call, email: string, own?: AccountUserJson): string {
  if (home.users.some((user) => user !== own && user.email === email)) throw conflict('email');
  return email;
}

function create(call: Call): Response {
  const { home, body } = call;
  const fields = fieldsOf(body);
  const email = emailField(fields);
  const name = nonEmptyField(fields, 'name');
  if (email === undefined) throw badParameter('email', null);
  if (name === undefined) throw badParameter('name', null);
  const user: AccountUserJson = {
    accountUserId: Math.max(1_000_000, ...home.users.map(({ accountUserId }) => accountUserId)) + 1,
    accountId: home.account.accountId,
    email: freeEmail(call, email),
    name,
    language: choiceField(fields, 'language', languages) ?? 'en',
    creationDate: home.timeline.date,
    updateDate: home.timeline.date,
  };
  home.users = [...home.users, user];
  return json(user);
}

function update(call: Call): Response {
  const { home, body } = call;
  const old = userOf(call);
  if (old.operationId !== undefined) throw busy();
  const fields = fieldsOf(body);
  const user: AccountUserJson = {
    ...old,
    email: freeEmail(call, emailField(fields) ?? old.email, old),
    name: nonEmptyField(fields, 'name') ?? old.name,
    language: choiceField(fields, 'language', languages) ?? old.language ?? 'en',
    updateDate: home.timeline.date,
  };
  home.users = home.users.map((other) => (other === old ? user : other));
  return json(user);
}

function remove(call: Call): Response {
  const { accountUserId, operationId } = userOf(call);
  if (operationId !== undefined) throw busy();
  call.home.removeUser(accountUserId, call.twist);
  return accepted();
}
