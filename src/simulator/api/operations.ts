/** Every path of Nuki's OpenAPI 4.10.0 with its methods. */
const methodsOf: Readonly<Record<string, string>> = {
  '/account': 'DELETE GET POST',
  '/account/email/change': 'POST',
  '/account/email/verify': 'POST',
  '/account/integration': 'DELETE GET',
  '/account/otp': 'DELETE POST PUT',
  '/account/password/reset': 'POST',
  '/account/setting': 'DELETE GET PUT',
  '/account/sub': 'GET PUT',
  '/account/sub/{accountId}': 'DELETE GET POST',
  '/account/user': 'GET PUT',
  '/account/user/{accountUserId}': 'DELETE GET POST',
  '/address': 'GET PUT',
  '/address/token/{id}': 'GET',
  '/address/token/{id}/redeem': 'GET POST',
  '/address/{addressId}': 'DELETE POST',
  '/address/{addressId}/reservation': 'GET',
  '/address/{addressId}/reservation/{id}/issue': 'POST',
  '/address/{addressId}/reservation/{id}/revoke': 'POST',
  '/address/{addressId}/reservation/{id}/update/accesstimes': 'POST',
  '/address/{addressId}/token': 'GET',
  '/address/{addressId}/unit': 'DELETE GET PUT',
  '/address/{addressId}/unit/{id}': 'DELETE',
  '/api/decentralWebhook': 'GET PUT',
  '/api/decentralWebhook/{id}': 'DELETE',
  '/api/key': 'GET PUT',
  '/api/key/{apiKeyId}': 'DELETE POST',
  '/api/key/{apiKeyId}/advanced': 'DELETE GET POST PUT',
  '/api/key/{apiKeyId}/advanced/reactivate': 'POST',
  '/api/key/{apiKeyId}/token': 'GET PUT',
  '/api/key/{apiKeyId}/token/{id}': 'DELETE POST',
  '/api/key/{apiKeyId}/webhook/logs': 'GET',
  '/bulk-web-config': 'POST',
  '/company': 'GET',
  '/notification': 'GET PUT',
  '/notification/{notificationId}': 'DELETE GET POST',
  '/opener/brand': 'GET',
  '/opener/brand/{brandId}': 'GET',
  '/opener/intercom': 'GET',
  '/opener/intercom/{intercomId}': 'GET',
  '/service': 'GET',
  '/service/{serviceId}': 'GET',
  '/service/{serviceId}/link': 'POST',
  '/service/{serviceId}/sync': 'POST',
  '/service/{serviceId}/unlink': 'POST',
  '/smartlock': 'GET',
  '/smartlock/auth': 'DELETE GET POST PUT',
  '/smartlock/auth/advanced': 'PUT',
  '/smartlock/auth/paged': 'GET',
  '/smartlock/log': 'GET',
  '/smartlock/{smartlockId}': 'DELETE GET POST',
  '/smartlock/{smartlockId}/action': 'POST',
  '/smartlock/{smartlockId}/action/advanced': 'POST',
  '/smartlock/{smartlockId}/action/lock': 'POST',
  '/smartlock/{smartlockId}/action/lock/advanced': 'POST',
  '/smartlock/{smartlockId}/action/unlock': 'POST',
  '/smartlock/{smartlockId}/action/unlock/advanced': 'POST',
  '/smartlock/{smartlockId}/admin/pin': 'POST',
  '/smartlock/{smartlockId}/advanced/config': 'POST',
  '/smartlock/{smartlockId}/advanced/openerconfig': 'POST',
  '/smartlock/{smartlockId}/advanced/smartdoorconfig': 'POST',
  '/smartlock/{smartlockId}/auth': 'GET PUT',
  '/smartlock/{smartlockId}/auth/advanced/sharedkey': 'POST',
  '/smartlock/{smartlockId}/auth/{id}': 'DELETE GET POST',
  '/smartlock/{smartlockId}/config': 'POST',
  '/smartlock/{smartlockId}/log': 'GET',
  '/smartlock/{smartlockId}/sync': 'POST',
  '/smartlock/{smartlockId}/web/config': 'POST',
};

/** A path of Nuki's API, whether the simulation has its operations or not. */
export interface Resource {
  /** The path as Nuki's OpenAPI writes it, such as `/smartlock/{smartlockId}`. */
  readonly template: string;
  readonly methods: readonly string[];
  /** The parts of the path that the template names. */
  readonly params: Readonly<Record<string, string>>;
}

/** Every path of Nuki's API. A fixed one stands before a template that fits too: /smartlock/log is no device. */
export const resourcesOfNuki: readonly (Omit<Resource, 'params'> & { readonly parts: readonly string[] })[] =
  Object.entries(methodsOf)
    .map(([template, methods]) => ({ template, parts: template.split('/'), methods: methods.split(' ') }))
    .toSorted((a, b) => a.template.split('{').length - b.template.split('{').length);

/** What Nuki has at `path`; `undefined` where that is nothing. */
export function resourceAt(path: string): Resource | undefined {
  const given = path.split('/');
  const found = resourcesOfNuki.find(({ parts }) => fits(parts, given));
  return found && { template: found.template, methods: found.methods, params: paramsIn(found.parts, given) };
}

/** The parts of `path` that `template` names; `undefined` where it has another form. */
export function matchPath(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const [parts, given] = [template.split('/'), path.split('/')];
  return fits(parts, given) ? paramsIn(parts, given) : undefined;
}

function fits(parts: readonly string[], given: readonly string[]): boolean {
  return parts.length === given.length && parts.every((part, index) => isNamed(part) || part === given[index]);
}

function paramsIn(parts: readonly string[], given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parts.flatMap((part, index) => (isNamed(part) ? [[part.slice(1, -1), decoded(given[index] ?? '')] as const] : [])),
  );
}

function isNamed(part: string): boolean {
  return part.startsWith('{');
}

/** What can't be decoded stays as it is, and is then no id of anything. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
