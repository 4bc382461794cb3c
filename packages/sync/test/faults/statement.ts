// A client of PostgreSQL whose statements wait at the turnstile: they go when it says so, fail, or lose their connection.
import pg from 'pg';
import type { Turnstile } from './turnstile.ts';

/** What becomes of the next statement of a worker. */
export type StatementFault = 'cut before' | 'cut after' | 'serialisation failure';

export interface Line {
  worker: string;
  turnstile: Turnstile;
  dead: boolean;
  fault: StatementFault | undefined;
  /** Open connections of the worker. */
  clients: Set<pg.Client>;
  /** Whether the server makes this connection wait for a lock. */
  isHeldUp(client: pg.Client): Promise<boolean>;
  /** Statements that wait for a lock in the server. */
  heldUp: Set<{ client: pg.Client; done: Promise<unknown> }>;
}

/** The class of the connections of a worker's pool. */
export function gatedClient(line: Line): new () => pg.Client {
  return class extends pg.Client {
    constructor(...options: ConstructorParameters<typeof pg.Client>) {
      super(...options);
      const query = this.query.bind(this);
      const connect = this.connect.bind(this);
      Object.assign(this, {
        connect: (heard?: Heard) => joined(() => open(line, this, connect), heard),
        query: (first: unknown, ...rest: unknown[]) => {
          const heard = isHeard(rest.at(-1)) ? rest.pop() : undefined;
          const run = () => Reflect.apply(query, undefined, [first, ...rest]);
          return joined(() => pass(line, this, textOf(first), run), isHeard(heard) ? heard : undefined);
        },
      });
    }
  };
}

type Heard = (error: unknown, result?: unknown) => void;

function isHeard(value: unknown): value is Heard {
  return typeof value === 'function';
}

/** pg's two ways to hear of an end: a promise, or a function that is told. */
function joined(work: () => Promise<unknown>, heard: Heard | undefined): Promise<unknown> | undefined {
  const done = work();
  if (heard === undefined) return done;
  done.then(
    (result) => heard(null, result),
    (error: unknown) => heard(error),
  );
  return undefined;
}

async function open(line: Line, client: pg.Client, connect: () => Promise<unknown>): Promise<unknown> {
  if (line.dead) throw new Error('This worker is dead');
  line.turnstile.busy += 1;
  try {
    client.on('error', () => undefined);
    await connect();
    line.clients.add(client);
    client.once('end', () => line.clients.delete(client));
    return client;
  } finally {
    line.turnstile.busy -= 1;
  }
}

function pass(line: Line, client: pg.Client, label: string, run: () => Promise<unknown>): Promise<unknown> {
  if (line.dead) return Promise.reject(new Error('This worker is dead'));
  const { worker, turnstile } = line;
  return new Promise((resolve, reject) => {
    async function go(): Promise<void> {
      const { fault } = line;
      line.fault = undefined;
      if (fault === 'serialisation failure')
        return reject(
          Object.assign(new Error('could not serialize access due to concurrent update'), { code: '40001' }),
        );
      if (fault === 'cut before') cut(client);
      const result = run();
      if (fault === 'cut after') {
        await result.catch(() => undefined);
        cut(client);
        return reject(new Error('Connection terminated unexpectedly'));
      }
      result.then(resolve, reject);
      await endedOrHeldUp(line, client, result);
    }
    turnstile.push({ worker, kind: 'statement', label, go, refuse: reject });
  });
}

/** Ends the connection without a word: the server rolls back what was open. */
export function cut(client: pg.Client): void {
  client.connection.stream.destroy();
}

const patienceMs = 5;

/** Resolves when the statement has ended, or when the server makes it wait for a lock; then it is remembered. */
async function endedOrHeldUp(line: Line, client: pg.Client, result: Promise<unknown>): Promise<void> {
  const done = result.then(
    () => true,
    () => true,
  );
  for (;;) {
    if (await Promise.race([done, later()])) return;
    if (!(await line.isHeldUp(client))) continue;
    const one = { client, done };
    line.heldUp.add(one);
    void done.then(() => line.heldUp.delete(one));
    return;
  }
}

function later(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), patienceMs));
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null && 'text' in query ? query.text : '';
  return String(text);
}
