// Answers a call and writes it into the log.
import { isFile } from '../call-log.ts';
import type { Reply } from '../reply.ts';
import type { World } from '../world.ts';
import { answerCall, type Call } from './accounting.ts';
import { clientOf } from './admission.ts';
import { tellAnswered } from './answered.ts';

export async function answerLogged(world: World, call: Call): Promise<Reply> {
  const atMs = world.clock.now();
  const path = `/${call.segments.join('/')}`;
  const fault = world.faults.meet('accounting', call.method, path);
  let body: Buffer | undefined;
  const readBody = async (): Promise<Buffer> => {
    body ??= await call.readBody();
    return body;
  };
  const reply = await answerCall(world, { ...call, readBody }, fault);
  tellAnswered(call, reply, fault?.kind ?? '');
  const { headers = {} } = reply;
  const replyBytes = Buffer.byteLength(reply.body);
  // The resource Organisation is not counted as read (XERO.md 1.6).
  if (!/^organisations?$/i.test(call.segments[0] ?? ''))
    world.egress.add(clientOf(world, call.headers), replyBytes, atMs);
  const record = {
    atMs,
    ms: world.clock.now() - atMs,
    method: call.method,
    path: path + call.url.search,
    status: reply.wire?.kind === 'silence' ? 0 : reply.status,
    tenant: call.headers.get('xero-tenant-id') ?? '',
    key: call.headers.get('idempotency-key') ?? '',
    fault: fault?.kind ?? '',
    left: leftOf(headers),
    requestBytes: body?.length ?? 0,
    replyBytes,
  };
  world.log.add(record, {
    request: isFile.test(call.headers.get('content-type') ?? '') ? undefined : body,
    reply: isFile.test(reply.contentType) ? undefined : reply.body,
  });
  return reply;
}

function leftOf(
  headers: Readonly<Record<string, string>>,
): { minute: number; day: number; app: number } | undefined {
  const minute = headers['X-MinLimit-Remaining'];
  if (minute === undefined) return undefined;
  return {
    minute: Number(minute),
    day: Number(headers['X-DayLimit-Remaining']),
    app: Number(headers['X-AppMinLimit-Remaining']),
  };
}
