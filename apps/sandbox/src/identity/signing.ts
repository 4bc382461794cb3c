// Signs tokens with RS256 and publishes the key, as the discovery document promises.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';

const makeKeyPair = promisify(generateKeyPair);

/** A new private key, PEM; it takes a while, so it is made beside other work. */
export async function newSigningKey(): Promise<string> {
  const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
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
