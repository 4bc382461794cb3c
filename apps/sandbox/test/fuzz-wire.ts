// Sends a request byte by byte as it is written, which no HTTP client would do, and reads what comes back.
import { connect } from 'node:net';

export type Framing =
  | 'length'
  | 'chunked'
  | 'cut'
  | 'short'
  | 'bad-chunks'
  | 'two-lengths'
  | 'length-and-chunks';

export type Request = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly framing: Framing;
};

export type Answer = {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** Undefined for an answer that came; otherwise what went wrong. */
  readonly broken: string | undefined;
};

const answerMaxMs = 15_000;

export function sendRaw(port: number, request: Request): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const pieces: Buffer[] = [];
    let trouble: string | undefined;
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      socket.destroy();
      resolve(readAnswer(Buffer.concat(pieces), request.method, trouble));
    };
    socket.setTimeout(answerMaxMs, () => {
      trouble = 'no answer came';
      end();
    });
    socket.on('data', (piece) => {
      pieces.push(piece);
    });
    // A server that refuses early resets what is still being sent; what it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', end);
    socket.on('connect', () => {
      for (const piece of toBytes(request)) socket.write(piece);
      // What is promised and never comes would be waited for.
      const names = request.headers.map(([name]) => name.toLowerCase());
      if (request.framing === 'cut' || names.includes('transfer-encoding')) socket.end();
    });
  });
}

function toBytes({ method, target, headers, body, framing }: Request): Buffer[] {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const has = (name: string): boolean => headers.some(([one]) => one.toLowerCase() === name);
  const length = (bytes: number): string => `Content-Length: ${bytes}`;
  const chunked = 'Transfer-Encoding: chunked';
  const framed: Readonly<Record<Framing, readonly string[]>> = {
    length: body.length === 0 && method === 'GET' ? [] : [length(body.length)],
    chunked: [chunked],
    cut: [length(body.length + 100)],
    short: [length(Math.floor(body.length / 2))],
    'bad-chunks': [chunked],
    'two-lengths': [length(body.length), length(body.length + 1)],
    'length-and-chunks': [length(body.length), chunked],
  };
  if (!has('content-length')) lines.push(...framed[framing]);
  if (!has('connection')) lines.push('Connection: close');
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (framing === 'bad-chunks') return [head, Buffer.from('zz\r\n'), body];
  return framing === 'chunked' || framing === 'length-and-chunks' ? [head, ...chunks(body)] : [head, body];
}

function chunks(body: Buffer): Buffer[] {
  const size = Math.max(1, Math.ceil(body.length / 3));
  const pieces: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    const piece = body.subarray(from, from + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return [...pieces, Buffer.from('0\r\n\r\n')];
}

function readAnswer(bytes: Buffer, method: string, trouble: string | undefined): Answer {
  let rest = bytes;
  for (;;) {
    const at = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.subarray(0, Math.max(at, 0)).toString('latin1').split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1] ?? 0);
    if (at < 0 || status === 0) {
      const said = rest.length > 0 ? `this is no HTTP: ${rest.toString('latin1').slice(0, 80)}` : undefined;
      return { status: 0, headers: new Map(), text: '', broken: trouble ?? said };
    }
    rest = rest.subarray(at + 4);
    // 100 Continue comes before the answer.
    if (status < 200) continue;
    const headers = new Map(
      lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
    );
    const { body, broken } = readBody(rest, headers, method);
    return { status, headers, text: body.toString('utf8'), broken: trouble ?? broken };
  }
}

function readBody(
  rest: Buffer,
  headers: ReadonlyMap<string, string>,
  method: string,
): { body: Buffer; broken: string | undefined } {
  if (method === 'HEAD') return { body: Buffer.alloc(0), broken: undefined };
  const length = headers.get('content-length');
  if (length !== undefined) {
    const body = rest.subarray(0, Number(length));
    return { body, broken: body.length < Number(length) ? 'the answer was cut' : undefined };
  }
  if (headers.get('transfer-encoding') !== 'chunked') return { body: rest, broken: undefined };
  const pieces: Buffer[] = [];
  let from = 0;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', from);
    const size = Number.parseInt(rest.subarray(from, Math.max(lineEnd, from)).toString('latin1'), 16);
    if (lineEnd < 0 || Number.isNaN(size))
      return { body: Buffer.concat(pieces), broken: 'the answer was cut' };
    if (size === 0) return { body: Buffer.concat(pieces), broken: undefined };
    pieces.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    from = lineEnd + 2 + size + 2;
  }
}
