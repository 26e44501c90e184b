/**
 * Where Nuki's OpenAPI contradicts itself, Nuki's guide or responses of the real API, by the name that `Specification.violations` and
 * the status check of `Contract` give it, each with the reason. Everything else in the OpenAPI the simulator has to obey.
 */
export const contradictions: Readonly<Record<string, string>> = {
  // Values that the description of the same field explains and its maximum forbids.
  'SmartlockAuth.type maximum': 'keypad codes are type 13; the maximum is 2',
  'Smartlock.State.mode maximum': 'mode 5 is explained; the maximum is 4',
  'Smartlock.State.trigger maximum': 'trigger 7 is explained; the maximum is 6',
  'Smartlock.State.lastAction maximum': "continuous mode is actions 6 and 7 in Nuki's guide; the maximum is 5",
  'SmartlockLog.state minimum': '0 is success; the minimum is 1',

  // A gym saw it null for days in codes that were listed and that its keypad refused.
  'SmartlockAuth.updateDate type': 'null until the lock has taken the authorization',
  'SmartlockAuth.updateDate format': 'as for its type',

  // Responses that the specification does not list.
  'PUT /smartlock/auth 401': 'a token without permission is refused everywhere',
  'PUT /smartlock/auth 403': 'the device of another account, as in the other operations of the path',
  'PUT /smartlock/auth 404': 'no such device',
  'PUT /smartlock/{smartlockId}/auth 401': 'a token without permission is refused everywhere',
  'PUT /smartlock/{smartlockId}/auth 403': 'the device of another account, as for GET of the same path',
  'PUT /smartlock/{smartlockId}/auth 404': 'no such device',
  'PUT /account/user 401': 'a token without permission is refused everywhere',
  'PUT /account/user 409': 'an address that is in use, as for POST of a user',
  'GET /account/user/{accountUserId} 404': 'no such user',
  'POST /account/user/{accountUserId} 404': 'no such user',
  'POST /account/user/{accountUserId} 423': 'another operation is under way, as for DELETE',
  'DELETE /account/user/{accountUserId} 404': 'no such user',
  'GET /smartlock/{smartlockId}/auth 404': 'no such device',
  'GET /smartlock/{smartlockId}/auth/{id} 404': 'no such device',
  'POST /smartlock/{smartlockId}/auth/{id} 404': 'no such device',
  'DELETE /smartlock/{smartlockId}/auth/{id} 404': 'no such device',
  'GET /smartlock/{smartlockId}/log 403': 'the device of another account',
  'GET /smartlock/{smartlockId}/log 404': 'no such device',
  'GET /smartlock/{smartlockId}/log 400': 'Unix time in fromDate and toDate was seen to be refused',
  'GET /smartlock/log 400': 'Unix time in fromDate and toDate was seen to be refused',
  'POST /smartlock/{smartlockId}/action 404': 'seen with a wrong id',
  'POST /smartlock/{smartlockId}/action 403': 'the device of another account',
  'POST /smartlock/{smartlockId}/action 423': 'seen while another operation was under way',
  'POST /smartlock/{smartlockId}/action/lock 404': 'as for /action',
  'POST /smartlock/{smartlockId}/action/lock 403': 'as for /action',
  'POST /smartlock/{smartlockId}/action/lock 423': 'as for /action',
  'POST /smartlock/{smartlockId}/action/unlock 404': 'as for /action',
  'POST /smartlock/{smartlockId}/action/unlock 403': 'as for /action',
  'POST /smartlock/{smartlockId}/action/unlock 423': 'as for /action',
  'POST /smartlock/{smartlockId}/sync 404': 'as for /action',
  'POST /smartlock/{smartlockId}/sync 403': 'as for /action',
  'POST /smartlock/{smartlockId} 404': 'no such device',
  'PUT /account/sub 401': 'a token without permission is refused everywhere',
  'PUT /account/sub 409': 'an address that is in use, as for POST of a sub account',
  'GET /account/sub/{accountId} 404': 'no such sub account',
  'POST /account/sub/{accountId} 404': 'no such sub account',
  'DELETE /account/sub/{accountId} 404': 'no such sub account',
  'DELETE /account/integration 400': 'neither an API key nor a token is named',
  'DELETE /account/integration 404': 'no such API key or token',
  ...unlisted(
    [
      '/config',
      '/advanced/config',
      '/advanced/openerconfig',
      '/advanced/smartdoorconfig',
      '/web/config',
      '/admin/pin',
    ].flatMap((path) => [`POST /smartlock/{smartlockId}${path} 403`, `POST /smartlock/{smartlockId}${path} 404`]),
    'as for /action',
  ),
  ...unlisted(
    ['/config', '/advanced/config', '/advanced/openerconfig', '/advanced/smartdoorconfig'].map(
      (path) => `POST /smartlock/{smartlockId}${path} 423`,
    ),
    'the part has an operationId, which says that another operation is under way',
  ),
  ...unlisted(
    ['', '/lock', '/unlock'].flatMap((path) =>
      [403, 404, 423].map((status) => `POST /smartlock/{smartlockId}/action${path}/advanced ${status}`),
    ),
    'as for /action',
  ),
  'POST /smartlock/{smartlockId}/action/advanced 401': 'a token without permission is refused everywhere',
  'PUT /smartlock/auth/advanced 401': 'a token without permission is refused everywhere',
  'PUT /smartlock/auth/advanced 403': 'the device of another account, as in the other operations of the path',
  'PUT /smartlock/auth/advanced 404': 'no such device',
  'GET /api/key/{apiKeyId}/webhook/logs 400': 'a limit that is no number',
  'GET /api/key/{apiKeyId}/webhook/logs 404': 'no such API key',
  'POST /api/key/{apiKeyId}/advanced/reactivate 404': 'no such API key',
  ...unlisted(
    [
      'GET /smartlock',
      'GET /smartlock/auth',
      'GET /smartlock/auth/paged',
      'GET /smartlock/{smartlockId}/auth',
      'GET /account/user',
    ].map((operation) => `${operation} 400`),
    'a filter that is no number, as in the log',
  ),
  ...unlisted(
    [
      'PUT /smartlock/auth',
      'PUT /smartlock/{smartlockId}/auth',
      'POST /smartlock/auth',
      'POST /smartlock/{smartlockId}/auth/{id}',
    ].map((operation) => `${operation} 422`),
    'seen with the name of a keypad code that has 27 bytes',
  ),

  // The specification describes it as a list.
  'Account type': 'GET /account/sub answers a list of accounts; the schema is that of one',
};

function unlisted(names: readonly string[], reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
