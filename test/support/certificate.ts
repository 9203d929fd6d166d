import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for this machine that nobody believes who was not told to, and its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};

/** Object identifiers in their encoded form. */
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
};

const DAY_MS = 24 * 60 * 60_000;

/** Makes a certificate for `localhost` and 127.0.0.1 that signs itself and is good for this day (RFC 5280). */
export function createCertificate(now = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const common = sequence(oid(OID.commonName), der(TAG.utf8, Buffer.from('localhost')));
  const name = sequence(der(TAG.set, common));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(der(TAG.boolean, Buffer.from([0xff])));
  const content = sequence(
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    name,
    sequence(utcTime(now - DAY_MS), utcTime(now + DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(oid(OID.subjectAltName), der(TAG.octets, names)),
        sequence(oid(OID.basicConstraints), der(TAG.octets, isAuthority)),
      ),
    ),
  );
  const signature = sign('sha256', content, privateKey);
  const whole = sequence(content, algorithm, der(TAG.bits, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A value as DER writes it: what it is, how long it is, and itself. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(TAG.sequence, Buffer.concat(parts));
}

function oid(encoded: string): Buffer {
  return der(TAG.oid, Buffer.from(encoded, 'hex'));
}

/** `YYMMDDHHMMSSZ` */
function utcTime(at: number): Buffer {
  const [day = '', time = ''] = new Date(at).toISOString().slice(2, 19).replaceAll('-', '').split('T');
  return der(TAG.utcTime, Buffer.from(`${day}${time.replaceAll(':', '')}Z`));
}
