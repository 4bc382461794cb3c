// Idempotency-Key: the same key gives the same reply for six minutes, errors too (XERO.md 3).
import { createHash } from 'node:crypto';
import { option } from '../options.ts';
import { keyCharactersMax, readBody } from '../replies.ts';
import { plainText, type Reply } from '../reply.ts';
import type { World } from '../world.ts';

/** Which key of which client, and a hash of the request it came with. */
export type Remembered = { readonly client: string; readonly key: string; readonly request: string };

/** Replies that are being made, so that a second call with the same key can wait for the first. */
const inProgress = new WeakMap<World, Map<string, Promise<Reply>>>();

/** The calls with one key that are on their way at once, by client and key. */
type Group = { calls: number; isShared: boolean };
const onTheWay = new WeakMap<World, Map<string, Group>>();

/** To be called as a call with a key arrives; `leave` as it is answered. */
export function arriveKeyed(
  world: World,
  client: string,
  key: string,
): { readonly isShared: () => boolean; readonly leave: () => void } {
  const groups = onTheWay.get(world) ?? new Map<string, Group>();
  onTheWay.set(world, groups);
  const name = `${client} ${key}`;
  const group = groups.get(name) ?? { calls: 0, isShared: false };
  groups.set(name, group);
  group.calls += 1;
  if (group.calls > 1) group.isShared = true;
  const leave = (): void => {
    group.calls -= 1;
    if (group.calls === 0) groups.delete(name);
  };
  return { isShared: () => group.isShared, leave };
}

export type Keyed = {
  /** Whether another call with the key has been on its way at the same time. */
  readonly isShared: () => boolean;
  /** Told a reply that needed no work: a remembered one, or a refusal of the key. */
  readonly close: (reply: Reply) => Promise<Reply>;
  /** Does the work; its reply is to be remembered where `remembered` says. */
  readonly run: (remembered: Remembered | undefined) => Promise<Reply>;
};

/** `remembered` is undefined for a call without a key, or whose method takes none. */
export async function answerKeyed(
  world: World,
  remembered: Remembered | undefined,
  keyed: Keyed,
): Promise<Reply> {
  if (remembered === undefined) return keyed.run(undefined);
  const { client, key, request } = remembered;
  if (key.length > keyCharactersMax) {
    const text = `Idempotency Key: it must not be longer than ${keyCharactersMax} characters.`;
    return keyed.close(plainText(400, text));
  }
  const pending = inProgress.get(world) ?? new Map<string, Promise<Reply>>();
  inProgress.set(world, pending);
  const name = `${client} ${key}`;
  if (keyed.isShared() && option(world, 'key-concurrent') === 'run') return keyed.run(remembered);
  await pending.get(name);
  const known = world.replies.find(client, key, world.clock.now());
  if (known !== undefined) {
    const { status, contentType } = known;
    const isSame = known.request === request;
    const other = `Idempotency Key: ${key} is used with a different request.`;
    return keyed.close(
      isSame ? { status, body: readBody(world.journal, known), contentType } : plainText(400, other),
    );
  }
  const finished = keyed.run(remembered);
  pending.set(name, finished);
  return finished.finally(() => pending.delete(name));
}

/** A hash of all that makes two requests the same one. */
export function fingerprint(method: string, url: URL, tenant: string, body: Buffer): string {
  const address = `${method} ${url.pathname}${url.search} ${tenant}\n`;
  return createHash('sha256').update(address).update(body).digest('base64url');
}
