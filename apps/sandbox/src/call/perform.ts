// Carries out an allowed call at the place its address means, at once and in memory.
import { notFound, plainText } from '../reply.ts';
import { writeBatch } from './batch.ts';
import { type Done, openSession, type Resource, type Visit } from './visit.ts';

/** `segments` are the parts of the path after /api.xro/2.0; `resource` is undefined where there is none. */
export function perform(
  method: string,
  visit: Visit,
  resource: Resource | undefined,
  segments: readonly string[],
): Done {
  const [, id, more, ...rest] = segments;
  if (resource === undefined) return { reply: notFound(), changes: [] };
  if (id !== undefined && more !== undefined) {
    const part = resource.parts?.get(more.toLowerCase());
    return part === undefined ? { reply: notFound(), changes: [] } : part(visit, method, id, rest);
  }
  const refusal = resource.refusal?.(visit);
  if (refusal !== undefined) return { reply: refusal, changes: [] };
  const { writer } = resource;
  if (method === 'GET') {
    return { reply: id === undefined ? resource.list(visit) : resource.one(visit, id), changes: [] };
  }
  if (method === 'POST' && id !== undefined && writer !== undefined)
    return writeBatch(visit, writer, { kind: 'id', id });
  const creates = method === 'PUT' ? resource.creates !== undefined : resource.creates === true;
  if (isCollectionWrite(method, id) && writer !== undefined && creates) {
    return writeBatch(visit, writer, { kind: method === 'PUT' ? 'create' : 'upsert' });
  }
  if (method === 'DELETE' && id !== undefined && resource.remove !== undefined) {
    const session = openSession(visit);
    return { reply: resource.remove(session, id), changes: session.changes };
  }
  return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
}

function isCollectionWrite(method: string, id: string | undefined): boolean {
  return (method === 'PUT' || method === 'POST') && id === undefined;
}
