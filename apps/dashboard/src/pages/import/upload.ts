// Sends the files of a load one after another, telling how many bytes have gone; XMLHttpRequest, since fetch does not tell.
import { type Accessor, createSignal } from 'solid-js';
import { refusalOf, send, useClient } from '../../gql.ts';
import { closeLoadDocument, createLoadDocument } from './query.ts';

export type UploadOutcome = { kind: 'sent'; loadId: string } | { kind: 'failed'; message: string };

export interface Upload {
  /** Bytes sent of all files; undefined while nothing is being sent. */
  progress: Accessor<{ sent: number; total: number; file: string } | undefined>;
  start(template: string, files: readonly File[]): Promise<UploadOutcome>;
}

export function createUpload(): Upload {
  const client = useClient();
  const [progress, setProgress] = createSignal<{ sent: number; total: number; file: string }>();

  async function start(template: string, files: readonly File[]): Promise<UploadOutcome> {
    const created = await send(client, createLoadDocument, {
      template,
      files: files.map((file) => file.name),
    });
    if (created.kind === 'unreachable') return { kind: 'failed', message: created.message };
    const load = created.data.createLoad;
    if (load.__typename !== 'Load') return { kind: 'failed', message: load.message };
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    for (const [index, file] of files.entries()) {
      const problem = await put(`/loads/${load.id}/files/${index + 1}`, file, (bytes) =>
        setProgress({ sent: before + Math.min(bytes, file.size), total, file: file.name }),
      );
      if (problem !== undefined) return { kind: 'failed', message: `${file.name}: ${problem}` };
      before += file.size;
    }
    const closed = await send(client, closeLoadDocument, { id: load.id });
    const refusal = closed.kind === 'unreachable' ? closed.message : refusalOf(closed.data.closeLoad);
    return refusal === undefined ? { kind: 'sent', loadId: load.id } : { kind: 'failed', message: refusal };
  }

  return {
    progress,
    async start(template, files) {
      try {
        return await start(template, files);
      } finally {
        setProgress(undefined);
      }
    },
  };
}

/** Undefined when the file arrived; a file with a fault arrives too, its problem stands in the load's report. */
function put(url: string, file: File, onBytes: (bytes: number) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = (event) => onBytes(event.loaded);
    request.onload = () => resolve(request.status < 300 ? undefined : refusalText(request));
    request.onerror = () =>
      resolve('the connection broke. Start the import again: what is there already is left as it is.');
    request.send(file);
  });
}

function refusalText(request: XMLHttpRequest): string {
  const found = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(request.responseText)?.[1];
  return found ?? `Stockbook answered ${request.status}.`;
}
