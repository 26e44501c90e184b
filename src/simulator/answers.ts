/** 200 with JSON. */
export function json(value: unknown): Response {
  return Response.json(value);
}

/** 204: the request is valid and queued. */
export function accepted(): Response {
  return new Response(null, { status: 204 });
}

/** Ends the handling of a request with an error answer; without `body` the answer is empty. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: object | undefined;

  constructor(status: number, body?: object) {
    super(String(status));
    this.status = status;
    this.body = body;
  }

  toResponse(): Response {
    const { status, body } = this;
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  }
}

/** The first shape of the API's errors: a serialized Java exception, often without `detailMessage`. */
function javaException(detailMessage?: string): object {
  return { ...(detailMessage !== undefined && { detailMessage }), stackTrace: [], suppressedExceptions: [] };
}

const reasonPhrases = { 404: 'Not Found', 405: 'Method Not Allowed', 422: 'Unprocessable Entity' };

/** The second shape: a status of Restlet, the server's framework. */
function restletStatus(code: keyof typeof reasonPhrases, description: string): object {
  const webDav = 'http://www.webdav.org/specs/rfc2518.html#STATUS_422';
  const uri = code === 422 ? webDav : 'http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html';
  return { code, description, homeRef: '/', reasonPhrase: reasonPhrases[code], uri };
}

/** The answer to a dead token and to a missing permission alike. */
export function unauthorized(): Refusal {
  return new Refusal(401, javaException('Your access token is not authorized'));
}

export function forbidden(): Refusal {
  return new Refusal(403);
}

export function notFound(): Refusal {
  return new Refusal(404, restletStatus(404, 'The server has not found anything matching the request URI'));
}

export function notAllowed(): Refusal {
  return new Refusal(405, restletStatus(405, 'The method specified in the request is not allowed for the resource'));
}

/** `reason`: a sentence for what only the simulation refuses. */
export function badParameter(name: string, value: unknown, reason?: string): Refusal {
  const message = `The supplied value '${shownValue(value)}' for parameter '${name}' is not valid`;
  return new Refusal(400, javaException(reason === undefined ? message : `${message}. ${reason}`));
}

/** What is nested is left out. */
function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : JSON.stringify(value ?? null);
}

export function conflict(name: string): Refusal {
  return new Refusal(409, javaException(`parameter '${name}' conflicts`));
}

export function unprocessable(): Refusal {
  const syntax =
    'The server understands the content type of the request entity and the syntax of the request entity is correct';
  return new Refusal(422, restletStatus(422, `${syntax} but was unable to process the contained instructions`));
}

/** What Nuki has and the simulation lacks. */
export function notSimulated(operation: string): Refusal {
  return new Refusal(501, { error: `${operation} is not simulated.${warnings[operation] ?? ''}` });
}

/** What an operation does that is easily taken for another one. */
const warnings: Readonly<Record<string, string>> = {
  'DELETE /smartlock/{smartlockId}':
    ' With Nuki it removes the device from the account. DELETE /smartlock/{smartlockId}/auth/{id} removes an authorization.',
  'DELETE /account': ' With Nuki it deletes the account.',
};

/** Too many requests. Nuki has been seen to say nothing of when to come again. */
export function tooManyRequests(): Refusal {
  return new Refusal(429, javaException());
}

/** Another operation is under way. */
export function busy(): Refusal {
  return new Refusal(423, javaException());
}
