// The last calls as they came and were answered, for tests and for people who watch.
import { createBodyRing, type KeptBody } from './body-ring.ts';

export type CallRecord = {
  /** Counts up from 1. */
  readonly id: number;
  /** The simulated instant it came at, and how long it took, simulated. */
  readonly atMs: number;
  readonly ms: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 where no answer was sent. */
  readonly status: number;
  readonly tenant: string;
  readonly key: string;
  /** The fault it met, or ''. */
  readonly fault: string;
  /** What is left of the limits, as its reply said; undefined where it did not. */
  readonly left: { readonly minute: number; readonly day: number; readonly app: number } | undefined;
  readonly requestBytes: number;
  readonly replyBytes: number;
};

/** As they came and went; undefined where there was none, or none that is to be kept. */
export type CallBodies = {
  readonly request: string | Uint8Array | undefined;
  readonly reply: string | Uint8Array | undefined;
};

/** Undefined once the room for bodies was needed by later ones. */
export type CallTexts = { readonly request: string | undefined; readonly reply: string | undefined };

export type CallLog = {
  add(record: Omit<CallRecord, 'id'>, bodies?: CallBodies): void;
  /** Oldest first, those after `id`. */
  list(afterId?: number): readonly CallRecord[];
  /** The bodies of a call that is listed. */
  texts(id: number): CallTexts;
  clear(): void;
};

const callsMax = 1_000;
const bodyBytesMax = 8_000_000;

type KeptBodies = { readonly request: KeptBody | undefined; readonly reply: KeptBody | undefined };

export function createCallLog(): CallLog {
  let records: CallRecord[] = [];
  /** The bodies of each of the records. */
  let kept: KeptBodies[] = [];
  let lastId = 0;
  const ring = createBodyRing(bodyBytesMax);
  const keep = (body: string | Uint8Array | undefined): KeptBody | undefined =>
    body === undefined ? undefined : ring.keep(body);
  const read = (body: KeptBody | undefined): string | undefined =>
    body === undefined ? undefined : ring.read(body);
  return {
    add(record, bodies = noBodies) {
      lastId += 1;
      records.push({ id: lastId, ...record });
      kept.push({ request: keep(bodies.request), reply: keep(bodies.reply) });
      if (records.length < callsMax * 2) return;
      records = records.slice(callsMax);
      kept = kept.slice(callsMax);
    },
    list: (afterId = 0) => records.filter((record) => record.id > afterId).slice(-callsMax),
    texts(id) {
      const bodies = kept[id - 1 - lastId + kept.length] ?? noBodies;
      return { request: read(bodies.request), reply: read(bodies.reply) };
    },
    clear() {
      records = [];
      kept = [];
      ring.clear();
    },
  };
}

const noBodies = { request: undefined, reply: undefined };

/** Media types whose bytes say nothing to a reader. */
export const isFile = /^(image|application\/(pdf|zip|octet-stream))/;

export function bodyText(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
