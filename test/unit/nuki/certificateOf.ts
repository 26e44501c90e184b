import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

// As much of X.509 as a server needs to be trusted, or not to be: no program and no library that makes certificates has to be there.

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

interface Wish {
  /** An address or a name of a server; without it, the certificate is an authority's. */
  readonly holder?: Buffer | string;
  /** Who signs; without it, the certificate does itself. */
  readonly authority?: Certificate;
  readonly until?: Date;
}

const day = 86_400_000;

/** A new key and its certificate, valid for ten days before `until`, which is tomorrow. */
export function certificateOf({ holder, authority, until = new Date(Date.now() + day) }: Wish): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = sequence(
    value(0xa0, value(0x02, Buffer.of(2))), // version 3
    value(0x02, Buffer.of(holder === undefined ? 1 : 2)), // serial number
    ecdsaWithSha256,
    nameOf(authority || holder === undefined ? 'Authority' : 'Server'),
    sequence(timeOf(new Date(until.getTime() - 10 * day)), timeOf(until)),
    nameOf(holder === undefined ? 'Authority' : 'Server'),
    publicKey.export({ type: 'spki', format: 'der' }),
    value(0xa3, sequence(holder === undefined ? mayCertify : heldBy(holder))),
  );
  const signature = sign('sha256', content, authority?.key ?? privateKey);
  const whole = sequence(content, ecdsaWithSha256, value(0x03, Buffer.of(0), signature));
  const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { key, cert: new X509Certificate(whole).toString() };
}

/** A value of ASN.1 in DER: what it is, how long it is, what is in it. */
function value(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return value(0x30, ...parts);
}

/** What the registry of identifiers has under these bytes. */
function identifier(bytes: string): Buffer {
  return value(0x06, Buffer.from(bytes, 'hex'));
}

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const mayCertify = sequence(identifier('551d13'), value(0x04, sequence(value(0x01, Buffer.of(0xff)))));

function heldBy(holder: Buffer | string): Buffer {
  const name = typeof holder === 'string' ? value(0x82, Buffer.from(holder)) : value(0x87, holder);
  return sequence(identifier('551d11'), value(0x04, sequence(name)));
}

function nameOf(name: string): Buffer {
  return sequence(value(0x31, sequence(identifier('550403'), value(0x0c, Buffer.from(name)))));
}

/** As 261123115500Z. */
function timeOf(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replaceAll(/\.\d+|\D/g, '')
    .slice(2);
  return value(0x17, Buffer.from(`${digits}Z`));
}
