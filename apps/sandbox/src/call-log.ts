// The last calls as they came and were answered, for tests and for people who watch.

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
  /** Undefined once the room for bodies was needed by later ones. */
  readonly request: string | Uint8Array | undefined;
  readonly reply: string | Uint8Array | undefined;
};

export type CallLog = {
  add(record: Omit<CallRecord, 'id'>): void;
  /** Oldest first, those after `id`. */
  list(afterId?: number): readonly CallRecord[];
  clear(): void;
};

const callsMax = 1_000;
const bodyCharactersMax = 8_000_000;

export function createCallLog(): CallLog {
  let records: CallRecord[] = [];
  let lastId = 0;
  /** How many records at the front have no bodies any more, and how much the others hold. */
  let bare = 0;
  let held = 0;
  const strip = (): void => {
    const record = records[bare];
    if (record === undefined) return;
    held -= sizeOf(record);
    records[bare] = { ...record, request: undefined, reply: undefined };
    bare += 1;
  };
  return {
    add(record) {
      lastId += 1;
      records.push({ id: lastId, ...record });
      held += sizeOf(record);
      while (held > bodyCharactersMax && bare < records.length) strip();
      if (records.length < callsMax * 2) return;
      while (bare < callsMax) strip();
      records = records.slice(callsMax);
      bare -= callsMax;
    },
    list: (afterId = 0) => records.filter((record) => record.id > afterId).slice(-callsMax),
    clear() {
      records = [];
      bare = 0;
      held = 0;
    },
  };
}

/** Media types whose bytes say nothing to a reader. */
export const isFile = /^(image|application\/(pdf|zip|octet-stream))/;

/** Bodies are kept as they came and made text only when somebody looks. */
export function bodyText(body: string | Uint8Array | undefined): string | undefined {
  return body === undefined || typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

function sizeOf(record: Omit<CallRecord, 'id'>): number {
  return (record.request?.length ?? 0) + (record.reply?.length ?? 0);
}
