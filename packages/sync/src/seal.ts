// Seals what must not be read in the database: AES-256-GCM, bound to the organisation it belongs to.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** `secret` is 32 bytes. The result is text: nonce, tag and cipher in base64url. */
export function seal(secret: Buffer, organisation: string, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, secret, nonce).setAAD(Buffer.from(organisation));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The sealed text; undefined when it was sealed with another secret, for another organisation, or was changed. */
export function unseal(secret: Buffer, organisation: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, secret, bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(organisation)).setAuthTag(tag);
  try {
    return decipher.update(bytes.subarray(nonceBytes + tagBytes)).toString('utf8') + decipher.final('utf8');
  } catch {
    // GCM has no other way to say that the text was not sealed like this.
    return undefined;
  }
}
