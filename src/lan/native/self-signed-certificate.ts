import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A self-signed X.509 certificate (DER) of a P-256 key. TLS needs one to carry the key; nobody looks at anything else in
 * it, so it has no extensions, the name "tentacle" and no end of validity (RFC 5280, 4.1.2.5).
 */
export function selfSignedCertificate(privateKey: KeyObject): Buffer {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, serialNumber()),
    ECDSA_WITH_SHA256,
    NAME,
    sequence(tagged(0x18, Buffer.from('20200101000000Z')), tagged(0x18, Buffer.from('99991231235959Z'))),
    NAME,
    publicKey,
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return sequence(toBeSigned, ECDSA_WITH_SHA256, tagged(0x03, Buffer.of(0), signature));
}

/** One DER value: tag, length, content. */
function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}

function sequence(...content: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...content);
}

/** Positive and without a leading zero byte, as DER asks of an INTEGER. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(tagged(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
/** CN=tentacle */
const NAME = sequence(
  tagged(0x31, sequence(tagged(0x06, Buffer.from('550403', 'hex')), tagged(0x0c, Buffer.from('tentacle')))),
);
