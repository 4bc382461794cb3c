// The turnstile of a simulation: whatever a worker does to the world waits here, and goes through one at a time in the order a plan draws.
import { setImmediate as turn } from 'node:timers/promises';

export interface Ticket {
  worker: string;
  kind: 'statement' | 'call' | 'answer';
  label: string;
  /** Lets it happen; resolves when it has, or when the server holds it up. */
  go(): Promise<void>;
  /** It never happens; whoever waits for it hears this error. */
  refuse(error: Error): void;
}

interface Waiter {
  worker: string;
  atMs: number;
  wake(): void;
}

export class Turnstile {
  nowMs: number;
  tickets: Ticket[] = [];
  /** Things under way that nobody holds: they come to an end by themselves, soon. */
  busy = 0;
  readonly frozen = new Map<string, number>();
  #waiters: Waiter[] = [];
  #came = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  push(ticket: Ticket): void {
    this.#came += 1;
    this.tickets.push(ticket);
  }

  /** Simulated waiting: until the instant, or until `signal` says stop. */
  until(worker: string, atMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || (atMs <= this.nowMs && !this.isFrozen(worker))) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter: Waiter = { worker, atMs, wake: resolve };
      const stop = () => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve();
      };
      waiter.wake = () => {
        signal?.removeEventListener('abort', stop);
        stop();
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiters.push(waiter);
    });
  }

  isFrozen(worker: string): boolean {
    return (this.frozen.get(worker) ?? 0) > this.nowMs;
  }

  /** Tickets that may go now, in the order they came. */
  eligible(): Ticket[] {
    return this.tickets.filter((ticket) => !this.isFrozen(ticket.worker));
  }

  /** The next instant at which anybody waits for something; undefined when nobody does. */
  nextInstant(): number | undefined {
    const waits = this.#waiters.map(({ worker, atMs }) => Math.max(atMs, this.frozen.get(worker) ?? 0));
    const thaws = this.tickets.map(({ worker }) => this.frozen.get(worker) ?? 0);
    const later = [...waits, ...thaws].filter((atMs) => atMs > this.nowMs);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  /** Wakes everybody whose instant has come. */
  ring(): void {
    for (const waiter of [...this.#waiters])
      if (waiter.atMs <= this.nowMs && !this.isFrozen(waiter.worker)) waiter.wake();
  }

  take(ticket: Ticket): void {
    this.tickets = this.tickets.filter((one) => one !== ticket);
  }

  /** A worker is gone: what it still wanted never happens, and it waits for nothing. */
  drop(worker: string, error: Error): void {
    const mine = this.tickets.filter((ticket) => ticket.worker === worker);
    this.tickets = this.tickets.filter((ticket) => ticket.worker !== worker);
    for (const ticket of mine) ticket.refuse(error);
    for (const waiter of [...this.#waiters]) if (waiter.worker === worker) waiter.wake();
  }

  /** Resolves when our code has come to rest: it waits for tickets or instants alone. */
  async rest(): Promise<void> {
    for (let still = 0; still < 3; ) {
      const before = this.#came;
      await turn();
      still = this.busy === 0 && this.#came === before ? still + 1 : 0;
    }
  }
}
