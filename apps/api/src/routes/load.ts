// A file of a load, as it is, streamed into the stage: PUT /loads/<id>/files/<number from 1>.
import { fileBytesMax } from '@stockbook/csv';
import type { Db } from '@stockbook/db';
import { type Staged, stageFile } from '@stockbook/sync';
import { isId } from '@stockbook/sync/graphql';
import { type Context, type Env, Hono } from 'hono';
import { refusal } from '../security.ts';
import type { ViewerOf } from '../viewer.ts';

export interface LoadRouteOptions {
  db: Db;
  viewerOf: ViewerOf;
}

/** A file with a fault is an answer like any other, 200 with its problem: the load's other files go on. */
export function createLoadRoute({ db, viewerOf }: LoadRouteOptions): Hono<Env> {
  const route = new Hono();
  route.put('/loads/:id/files/:file{[1-9][0-9]{0,3}}', async (c) => {
    const outcome = await viewerOf(c.req.raw.headers);
    if (outcome.kind === 'unknown') return refusal(c, 401, 'UNAUTHENTICATED', 'Sign in, or send an API key.');
    if (outcome.kind === 'refused') return refusal(c, 403, 'ORGANISATION_REFUSED', outcome.message);
    const { id, file } = c.req.param();
    if (!isId(id)) return refusal(c, 404, 'NOT_FOUND', 'There is no such load in this organisation.');
    const upload = createUpload(c.req.raw.body);
    try {
      const staged = await stageFile(db, outcome.viewer.organisation.id, id, Number(file), upload.chunks());
      await upload.drain();
      return answer(c, staged);
    } catch (error) {
      if (!(error instanceof BrokenUpload)) throw error;
      return refusal(c, 400, 'UPLOAD_BROKEN', 'The upload broke off: send the file again.');
    }
  });
  return route;
}

function answer(c: Context, staged: Staged): Response {
  switch (staged.kind) {
    case 'staged':
      return c.json({ state: 'staged', rows: staged.rows });
    case 'refused':
      return c.json({ state: 'refused', problem: staged.problem });
    case 'missing':
      return refusal(c, 404, 'NOT_FOUND', staged.message);
    case 'closed':
      return refusal(c, 409, 'CONFLICT', staged.message);
  }
}

class BrokenUpload extends Error {
  override name = 'BrokenUpload';
}

/** A client that stays silent must not keep a database connection to itself. */
const silenceMaxMs = 60_000;

interface Upload {
  chunks(): AsyncGenerator<Uint8Array>;
  /** Reads what is left and lets it fall, so that a client hears the answer when it has sent its file; there is a limit to it. */
  drain(): Promise<void>;
}

function createUpload(body: ReadableStream<Uint8Array> | null): Upload {
  const reader = body?.getReader();
  async function read(): Promise<Uint8Array | undefined> {
    let silent = false;
    const timer = setTimeout(() => {
      silent = true;
      // Ends the read below; a stream that cannot even be given up has ended by itself.
      reader?.cancel().catch(() => undefined);
    }, silenceMaxMs);
    try {
      const chunk = await reader?.read();
      if (silent) throw new Error(`Nothing came for ${silenceMaxMs} ms`);
      return chunk?.value;
    } catch (error) {
      throw new BrokenUpload('The client went away', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    async *chunks() {
      for (let chunk = await read(); chunk !== undefined; chunk = await read()) yield chunk;
    },
    async drain() {
      let bytes = 0;
      for (let chunk = await read(); chunk !== undefined && bytes < fileBytesMax; chunk = await read())
        bytes += chunk.length;
    },
  };
}
