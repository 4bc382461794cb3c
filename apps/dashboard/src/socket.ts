// The one WebSocket: reconnects for ever with jitter, notices a half-open line, and tells what state it is in.
import { type Client, createClient } from 'graphql-ws';
import { createSignal } from 'solid-js';

export type SocketState = 'connecting' | 'live' | 'reconnecting' | 'offline';

const retryFirstMs = 300;
const retryMaxMs = 15_000;
const pongWaitMs = 5_000;

const [socketState, setSocketState] = createSignal<SocketState>('connecting');
/** Counts reconnections: what happened while away is not replayed, so whoever shows data reads it again. */
const [epoch, setEpoch] = createSignal(0);

export { epoch, socketState };

export function createSocket(url: string): Client {
  let socket: WebSocket | undefined;
  let connections = 0;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('offline', () => setSocketState('offline'));
  // A short outage may leave the socket standing; if it is dead after all, the next ping tells.
  addEventListener('online', () =>
    setSocketState(socket?.readyState === WebSocket.OPEN ? 'live' : 'reconnecting'),
  );
  return createClient({
    url,
    lazy: true,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (tries) => sleep(Math.min(retryMaxMs, retryFirstMs * 2 ** tries) * (0.5 + Math.random())),
    on: {
      opened: (opened) => {
        if (opened instanceof WebSocket) socket = opened;
      },
      connected: () => {
        if (connections > 0) setEpoch((count) => count + 1);
        connections += 1;
        setSocketState('live');
      },
      closed: () => setSocketState(navigator.onLine ? 'reconnecting' : 'offline'),
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => socket?.close(4408, 'no pong'), pongWaitMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
    },
  });
}

/** Waits, but not once the network is back. */
function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, delayMs);
    addEventListener('online', end);
    function end() {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    }
  });
}
