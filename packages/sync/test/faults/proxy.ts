// A TCP proxy that spoils the wire: it cuts requests and answers after so many bytes, delays them, or resets them.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

export interface Spoil {
  /** Which way: what the caller sends, or what comes back. */
  way: 'request' | 'answer';
  /** After how many bytes of one connection's traffic that way. */
  afterBytes: number;
  /** Ended without a word, or reset. */
  how: 'cut' | 'reset';
  /** Only a connection whose request contains this text. */
  where?: string;
}

export interface WireProxy {
  port: number;
  /** The address of `target` through the proxy. */
  url(target: string): string;
  /** Spoils the next connection that fits; `met` resolves when it has. */
  spoil(spoil: Spoil): { met: Promise<void>; forget(): void };
  /** Every piece waits so long, either way. */
  delay(delayMs: number): void;
  /** Ends every connection there is now. */
  cutAll(): void;
  close(): Promise<void>;
}

interface Waiting extends Spoil {
  meet(): void;
}

interface State {
  waiting: Waiting[];
  delayMs: number;
  sockets: Set<Socket>;
}

export async function createProxy(target: { host: string; port: number }): Promise<WireProxy> {
  const state: State = { waiting: [], delayMs: 0, sockets: new Set() };
  const server = createServer((caller) => join(state, caller, dial({ ...target, noDelay: true })));
  const port = await listen(server);
  return {
    port,
    url: (text) => {
      const url = new URL(text);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href.replace(/\/$/, '');
    },
    spoil: (spoil) => {
      let meet = () => {};
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });
      const one = { ...spoil, meet: () => meet() };
      state.waiting.push(one);
      return {
        met,
        forget: () => {
          state.waiting = state.waiting.filter((other) => other !== one);
        },
      };
    },
    delay: (delayMs) => {
      state.delayMs = delayMs;
    },
    cutAll: () => {
      for (const socket of state.sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of state.sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** What one connection has in mind: its spoil, once one fits, and the bytes that went each way since. */
interface Wire {
  spoil: Waiting | undefined;
  request: number;
  answer: number;
}

function join(state: State, caller: Socket, far: Socket): void {
  const wire: Wire = { spoil: undefined, request: 0, answer: 0 };
  caller.setNoDelay(true);
  for (const socket of [caller, far]) {
    state.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      state.sockets.delete(socket);
      caller.destroy();
      far.destroy();
    });
  }
  carry(state, wire, 'request', caller, far);
  carry(state, wire, 'answer', far, caller);
}

function carry(state: State, wire: Wire, way: Spoil['way'], from: Socket, to: Socket): void {
  const caller = way === 'request' ? from : to;
  const far = way === 'request' ? to : from;
  from.on('data', (piece: Buffer) => {
    if (way === 'request') take(state, wire, piece);
    const { spoil } = wire;
    const isSpoilt = spoil?.way === way && wire[way] + piece.length > spoil.afterBytes;
    const kept = isSpoilt ? piece.subarray(0, Math.max(0, spoil.afterBytes - wire[way])) : piece;
    wire[way] += kept.length;
    const pass = () => {
      if (kept.length > 0) to.write(kept);
      if (isSpoilt) end(spoil, caller, far);
    };
    if (state.delayMs > 0) setTimeout(pass, state.delayMs);
    else pass();
  });
  from.on('end', () => to.end());
}

/** A connection takes the first spoil that fits what it asks; its bytes count from there. */
function take(state: State, wire: Wire, piece: Buffer): void {
  if (wire.spoil !== undefined) return;
  const text = piece.toString('latin1');
  const fit = state.waiting.find(({ where }) => where === undefined || text.includes(where));
  if (fit === undefined) return;
  state.waiting = state.waiting.filter((one) => one !== fit);
  Object.assign(wire, { spoil: fit, request: 0, answer: 0 });
}

function end(spoil: Waiting, caller: Socket, far: Socket): void {
  // What was passed on before must arrive: a reset would overtake it.
  if (spoil.way === 'request') far.end();
  else far.destroy();
  if (spoil.how === 'reset') caller.resetAndDestroy();
  else caller.destroySoon();
  spoil.meet();
}
