import { accepted, badParameter, busy, conflict, json, notFound } from './answers.ts';
import { fieldsOf, integerField, textField, type Fields } from './requestFields.ts';
import type { Call, Route } from './routes.ts';
import type { AccountUserJson } from '../wire.ts';

const scopes = ['account', 'smartlock.auth'];
const ofOne = '/account/user/{accountUserId}';

export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/account', scopes: ['account'], answer: ({ home }) => json(home.account) },
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

function emailField({ home }: Call, fields: Fields): string | undefined {
  const email = textField(fields, 'email');
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) throw badParameter('email', email);
  if (email !== undefined && home.users.some((user) => user.email === email)) throw conflict('email');
  return email;
}

function create(call: Call): Response {
  const { home, body } = call;
  const fields = fieldsOf(body);
  const email = emailField(call, fields);
  const name = textField(fields, 'name');
  if (!email) throw badParameter('email', null);
  if (!name) throw badParameter('name', null);
  const user: AccountUserJson = {
    accountUserId: Math.max(1_000_000, ...home.users.map(({ accountUserId }) => accountUserId)) + 1,
    accountId: home.account.accountId,
    email,
    name,
    language: textField(fields, 'language') ?? 'en',
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
  const email = fields['email'] === old.email ? old.email : (emailField(call, fields) ?? old.email);
  const user = { ...old, email, name: textField(fields, 'name') ?? old.name, updateDate: home.timeline.date };
  home.users = home.users.map((other) => (other === old ? user : other));
  return json(user);
}

function remove(call: Call): Response {
  const { accountUserId, operationId } = userOf(call);
  if (operationId !== undefined) throw busy();
  call.home.removeUser(accountUserId, call.twist);
  return accepted();
}
