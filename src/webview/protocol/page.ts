// What the messages of every page have in common. Each page has two interfaces, ToHost and ToPage: message names with their bodies.

/** A message of a page. `panel` is the id that its host gave it, which no other page knows. */
export type EnvelopeOf<ToHost> = {
  readonly [N in keyof ToHost]: { readonly panel: string; readonly name: N; readonly body: ToHost[N] };
}[keyof ToHost];

/** A message to a page. */
export type MessageOf<ToPage> = {
  readonly [N in keyof ToPage]: { readonly name: N; readonly body: ToPage[N] };
}[keyof ToPage];

/** The largest message of a page that is read, in characters of JSON. */
export const largestMessage = 16 * 1024;

/** The longest text of one field that is read, in UTF-16 code units. */
export const longestText = 320;

/** A page sends at most this many messages a second; more are dropped by the host. */
export const messagesPerSecond = 10;
