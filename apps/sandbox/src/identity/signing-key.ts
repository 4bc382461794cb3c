// The key a sandbox signs its tokens with: made when it is first needed, then kept in the journal.
import { commit, type World } from '../world.ts';
import { newSigningKey } from './signing.ts';

/** The private key, PEM. */
export async function signingKeyOf(world: World): Promise<string> {
  if (world.identity.signingKey !== '') return world.identity.signingKey;
  const making = inProgress.get(world) ?? make(world);
  inProgress.set(world, making);
  return making;
}

const inProgress = new WeakMap<World, Promise<string>>();

async function make(world: World): Promise<string> {
  const pem = await newSigningKey();
  await commit(world, { atMs: world.clock.now(), identity: [{ kind: 'signing-key', pem }] });
  return pem;
}
