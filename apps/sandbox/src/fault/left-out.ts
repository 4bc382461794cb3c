// A good answer that leaves something out: its list is empty, or lacks some of its elements.
import { bodyBytes, envelope, type Reply } from '../reply.ts';

/** The reply without the elements of which a text, such as an id, a number or a name, is among `records`; without all where none are named. */
export function leaveOut(reply: Reply, records: readonly string[] | undefined): Reply {
  if (reply.status !== 200 || !reply.contentType.startsWith('application/json')) return reply;
  const body: unknown = JSON.parse(bodyBytes(reply.body).toString('utf8'));
  const named = new Set(records);
  const isLeftOut = (element: unknown): boolean =>
    records === undefined || textsOf(element).some((text) => named.has(text));
  const members = Object.entries(Object(body)).map(([name, value]): [string, unknown] => [
    name,
    Array.isArray(value) ? value.filter((element) => !isLeftOut(element)) : value,
  ]);
  return { ...reply, body: JSON.stringify(Object.fromEntries(members)) };
}

/** Stands in place of the work: the envelope of the collection with nothing in it. */
export function nothingOf(nowMs: number, collection: string): Reply {
  return envelope(nowMs, { [collection]: [] });
}

function textsOf(element: unknown): readonly string[] {
  return Object.values(Object(element)).filter((value) => typeof value === 'string');
}
