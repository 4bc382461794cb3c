// Signs tokens with RS256 and publishes the key, as the discovery document promises.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** A new private key, PEM. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A signed JSON Web Token. */
export function signToken(pem: string, claims: Readonly<Record<string, unknown>>): string {
  const header = { alg: 'RS256', kid: keyId(pem), typ: 'JWT' };
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), createPrivateKey(pem)).toString('base64url')}`;
}

/** The public key as a JSON Web Key Set. */
export function keySet(pem: string): { keys: Record<string, unknown>[] } {
  const key = createPublicKey(pem).export({ format: 'jwk' });
  return { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: keyId(pem) }] };
}

function keyId(pem: string): string {
  return createHash('sha256').update(pem).digest('hex').slice(0, 32).toUpperCase();
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
