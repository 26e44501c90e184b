import { isSameSecret } from '../base/sameSecret.ts';

/**
 * The headers of a webhook that bear a signature of its body. Nuki's guide, "Central & Decentral Webhooks", says how the first is made; the
 * second stands beside it in "Monitoring Webhooks", with the 40 digits of a SHA-1.
 */
const hashes = { 'X-Nuki-Signature-SHA256': 'SHA-256', 'X-Nuki-Signature': 'SHA-1' } as const;

export type SignatureHeader = keyof typeof hashes;

/** How many hex digits the signature in each header has. */
export const signatureLength: Readonly<Record<SignatureHeader, number>> = {
  'X-Nuki-Signature-SHA256': 64,
  'X-Nuki-Signature': 40,
};

const headers: readonly SignatureHeader[] = ['X-Nuki-Signature-SHA256', 'X-Nuki-Signature'];

/** What a body may have lost or gained on its way here, while the one that was signed had it not, or had it. */
export type BodyChange = 'lastLineBreak' | 'noLastLineBreak' | 'windowsLineBreaks' | 'unixLineBreaks' | 'indentation';

/** Why a signature cannot be compared. `header`: what its name says it is. */
export type SignatureProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'otherHeader'; readonly name: string }
  | { readonly kind: 'noHex' }
  | { readonly kind: 'wrongLength'; readonly header?: SignatureHeader; readonly length: number };

/** A signature as it is written: its header's name, if it is there, and its digits. */
export type ReadSignature =
  | { readonly kind: 'read'; readonly header: SignatureHeader; readonly digits: string }
  | SignatureProblem;

export type SignatureCheck =
  | { readonly kind: 'fits'; readonly header: SignatureHeader }
  | { readonly kind: 'differs'; readonly header: SignatureHeader }
  /** It fits once the body is as it was before `change`. */
  | { readonly kind: 'fitsChanged'; readonly header: SignatureHeader; readonly change: BodyChange };

/** The signature of `body` in lower-case hex digits: HMAC of its bytes. @throws {DOMException} where `secret` is empty */
export async function signatureOf(
  body: Uint8Array<ArrayBuffer>,
  secret: string,
  header: SignatureHeader,
): Promise<string> {
  const algorithm = { name: 'HMAC', hash: hashes[header] };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, body));
  return Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads a signature with or without its header's name, as a line of a request, of JSON or of a log has it. */
export function readSignature(text: string): ReadSignature {
  const [, name, value = ''] = /^["'<>\s]*(?:([\w-]+)["']?\s*[:=])?\s*["']?(.*?)["',;\s]*$/s.exec(text) ?? [];
  const named = headers.find((header) => header.toLowerCase() === name?.toLowerCase());
  // What ends with "=" and has nothing after it is base64, not a name.
  if (value === '') return { kind: name === undefined || named ? 'empty' : 'noHex' };
  if (name !== undefined && named === undefined) return { kind: 'otherHeader', name };
  if (!/^[0-9a-f]+$/i.test(value)) return { kind: 'noHex' };
  const header = headers.find(
    (candidate) => signatureLength[candidate] === value.length && (named ?? candidate) === candidate,
  );
  if (header !== undefined) return { kind: 'read', header, digits: value.toLowerCase() };
  return { kind: 'wrongLength', length: value.length, ...(named && { header: named }) };
}

/** Whether a signature that was read fits `body` under `secret`, or else the body before one of the usual changes. */
export async function checkSignature(
  body: Uint8Array<ArrayBuffer>,
  { header, digits: signature }: Extract<ReadSignature, { readonly kind: 'read' }>,
  secret: string,
): Promise<SignatureCheck> {
  const fits = async (bytes: Uint8Array<ArrayBuffer>): Promise<boolean> =>
    isSameSecret(await signatureOf(bytes, secret, header), signature);
  if (await fits(body)) return { kind: 'fits', header };
  for (const [change, before] of beforeChanges(new TextDecoder().decode(body))) {
    if (await fits(new TextEncoder().encode(before))) return { kind: 'fitsChanged', header, change };
  }
  return { kind: 'differs', header };
}

/** What `text` was before each change that editors and tools make. */
function beforeChanges(text: string): readonly (readonly [BodyChange, string])[] {
  return [
    ['lastLineBreak', text.replace(/[\r\n]+$/, '')],
    ['noLastLineBreak', `${text}\n`],
    ['windowsLineBreaks', text.replaceAll('\r\n', '\n')],
    ['unixLineBreaks', text.replace(/\r?\n/g, '\r\n')],
    ['indentation', compactJson(text) ?? text],
  ];
}

/** JSON without blanks between its parts, as Nuki sends it; `undefined` for anything else. */
function compactJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}
