// Where faults meet calls of the identity server, and their place in the log.
import { isBefore } from '../fault/fault.ts';
import { breakReply, faultReply } from '../fault/fault-reply.ts';
import { disconnect, expireTokens, revokeRefreshes } from '../fault/identity-fault.ts';
import { bodyBytes, type Reply } from '../reply.ts';
import type { World } from '../world.ts';

/** `answer` does what the call asks for; bodies hold secrets, so that the log has none. */
export async function answerIdentity(
  world: World,
  request: Request,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<Reply> {
  const atMs = world.clock.now();
  const url = new URL(request.url);
  const fault = world.faults.meet('identity', request.method, url.pathname);
  if (fault?.kind === 'token-expired') await expireTokens(world);
  if (fault?.kind === 'refresh-revoked') await revokeRefreshes(world);
  if (fault?.kind === 'disconnected') await disconnect(world);
  const early = fault !== undefined && isBefore(fault) ? faultReply(fault) : undefined;
  const done = early ?? (await toReply(await answer(request)));
  const reply = fault === undefined || isBefore(fault) ? done : breakReply(fault, done);
  world.log.add({
    atMs,
    ms: world.clock.now() - atMs,
    method: request.method,
    path: url.pathname + url.search,
    status: reply.wire?.kind === 'silence' ? 0 : reply.status,
    tenant: '',
    key: '',
    fault: fault?.kind ?? '',
    left: undefined,
    requestBytes: Number(request.headers.get('content-length') ?? 0),
    replyBytes: bodyBytes(reply.body).length,
  });
  return reply;
}

async function toReply(response: Response): Promise<Reply> {
  const { 'content-type': contentType = 'text/plain', ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, body: await response.text(), contentType, headers };
}
