// A TCP proxy that spoils the wire: it cuts requests and answers after a share of their bytes, resets them, lets them come late, or falls silent.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { pause } from '../../src/clock.ts';

export type Spoil = {
  /** Which way: what the caller sends, or what comes back. */
  way: Way;
  /** The exchange whose request contains this text, after so many of them. */
  where: string;
  skip?: number;
} & (
  | {
      /** Ended without a word, or reset. */
      how: 'cut' | 'reset';
      /** After which part of its bytes, from 0 to 1: none of them, to all but the last one. */
      share: number;
    }
  | { how: 'late'; lateMs: number }
);

type Way = 'request' | 'answer';

export interface Spoilt {
  /** Whether it has come: within one exchange, never after it. */
  isMet(): boolean;
  /** How many requests contained the text so far. */
  seen(): number;
  forget(): void;
}

export interface WireProxy {
  port: number;
  /** The address of `target` through the proxy. */
  url(target: string): string;
  /** Spoils the next exchange that fits. */
  spoil(spoil: Spoil): Spoilt;
  /** From now on every piece waits so long, either way. */
  delay(delayMs: number): void;
  /** From now on nothing passes, and nobody is told: connections stay open and new ones are taken. Those of a silent time pass nothing ever after. */
  silence(isSilent: boolean): void;
  /** Ends every connection there is now. */
  cutAll(): void;
  close(): Promise<void>;
}

interface Waiting {
  spoil: Spoil;
  seen: number;
  isMet: boolean;
}

interface State {
  waiting: Set<Waiting>;
  delayMs: number;
  isSilent: boolean;
  wires: Set<Wire>;
  sockets: Set<Socket>;
}

export async function createProxy(target: { host: string; port: number }): Promise<WireProxy> {
  const state: State = {
    waiting: new Set(),
    delayMs: 0,
    isSilent: false,
    wires: new Set(),
    sockets: new Set(),
  };
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
      const one = { spoil, seen: 0, isMet: false };
      state.waiting.add(one);
      return {
        isMet: () => one.isMet,
        seen: () => one.seen,
        forget: () => void state.waiting.delete(one),
      };
    },
    delay: (delayMs) => {
      state.delayMs = delayMs;
    },
    silence: (isSilent) => {
      state.isSilent = isSilent;
      if (isSilent) for (const wire of state.wires) wire.isSilent = true;
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

/** One connection: the exchange of it that is to be spoilt, and how much went that way since it began. */
interface Wire {
  caller: Socket;
  far: Socket;
  taken: Waiting | undefined;
  isAnswered: boolean;
  /** Nothing passes it any more, not even that one side has ended. */
  isSilent: boolean;
  passed: number;
  /** So many bytes of it pass; known with its first piece. */
  passMax: number | undefined;
}

function join(state: State, caller: Socket, far: Socket): void {
  const { isSilent } = state;
  const none = { taken: undefined, isAnswered: false, passed: 0, passMax: undefined };
  const wire: Wire = { caller, far, isSilent, ...none };
  state.wires.add(wire);
  caller.setNoDelay(true);
  for (const socket of [caller, far]) {
    state.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      state.sockets.delete(socket);
      if (wire.isSilent) return;
      state.wires.delete(wire);
      caller.destroy();
      far.destroy();
    });
  }
  carry(state, wire, 'request', caller, far);
  carry(state, wire, 'answer', far, caller);
}

function carry(state: State, wire: Wire, way: Way, from: Socket, to: Socket): void {
  const inTurn = createQueue();
  from.on('data', (piece: Buffer) => {
    if (wire.isSilent) return;
    if (way === 'request') take(state, wire, piece);
    else wire.isAnswered = true;
    const { taken } = wire;
    if (taken?.spoil.way !== way) return inTurn(state.delayMs, () => to.write(piece));
    if (taken.spoil.how === 'late') {
      meet(wire, taken);
      return inTurn(taken.spoil.lateMs, () => to.write(piece));
    }
    wire.passMax ??= Math.floor((sizeOf(piece) - 1) * taken.spoil.share);
    const kept = piece.subarray(0, wire.passMax - wire.passed);
    wire.passed += kept.length;
    inTurn(state.delayMs, () => to.write(kept));
    if (kept.length === piece.length) return;
    from.removeAllListeners('data');
    const { how } = taken.spoil;
    meet(wire, taken);
    inTurn(0, () => end(wire, way, how));
  });
  from.on('end', () => {
    if (!wire.isSilent) inTurn(0, () => to.end());
  });
}

/** What is passed on keeps its order, whatever waits. */
function createQueue(): (delayMs: number, pass: () => void) => void {
  const never = new AbortController().signal;
  let last = Promise.resolve();
  let waiting = 0;
  return (delayMs, pass) => {
    if (waiting === 0 && delayMs === 0) return pass();
    const dueMs = performance.now() + delayMs;
    waiting += 1;
    last = last
      .then(() => pause(dueMs - performance.now(), never))
      .then(() => {
        waiting -= 1;
        pass();
      });
  };
}

/** A request begins an exchange when the one before it was answered; it is spoilt by the first that fits and has let enough pass. */
function take(state: State, wire: Wire, piece: Buffer): void {
  if (wire.isAnswered) Object.assign(wire, { taken: undefined, isAnswered: false });
  const text = piece.toString('latin1');
  for (const one of state.waiting) {
    if (!text.includes(one.spoil.where)) continue;
    one.seen += 1;
    if (wire.taken !== undefined || one.seen <= (one.spoil.skip ?? 0)) continue;
    state.waiting.delete(one);
    Object.assign(wire, { taken: one, passed: 0, passMax: undefined });
  }
}

function meet(wire: Wire, taken: Waiting): void {
  taken.isMet = true;
  wire.taken = undefined;
}

/** How many bytes there are: of HTTP the head and the body that it tells of, of anything else the piece. */
function sizeOf(piece: Buffer): number {
  const text = piece.toString('latin1');
  if (!/^([A-Z]+ \S+ )?HTTP\/1\.1\b/.test(text)) return piece.length;
  const headBytes = text.indexOf('\r\n\r\n') + 4;
  const bodyBytes = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, headBytes))?.[1];
  if (headBytes < 4 || bodyBytes === undefined)
    throw new Error(`Nobody knows how long this is: ${text.slice(0, 300)}`);
  return headBytes + Number(bodyBytes);
}

function end({ caller, far }: Wire, way: Way, how: 'cut' | 'reset'): void {
  // What was passed on before must arrive: a reset would overtake it.
  if (way === 'request') far.end();
  else far.destroy();
  if (how === 'reset') caller.resetAndDestroy();
  else caller.destroySoon();
}
