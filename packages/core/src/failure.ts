// A failure of a whole call, classified once at the border (ARCHITECTURE: failure table).
export type Failure =
  /** 429: not carried out. Without a time Xero gave none (its concurrent limit). */
  | {
      kind: 'rate-limited';
      limit: Limit;
      retryAfterMs: number | null;
      message: string;
    }
  /** Certainly never sent: name or connection refused. */
  | { kind: 'unreachable'; message: string }
  /** Sent, and no answer that can be trusted: timeout, reset, 5xx, text that cannot be read. A 503 may say when to come again. */
  | { kind: 'unknown-outcome'; status: number | null; message: string; retryAfterMs?: number }
  /** Token or consent gone. */
  | { kind: 'unauthorised'; status: number | null; message: string }
  /** The request as a whole refused. */
  | { kind: 'invalid'; status: number; message: string };

/** Which of Xero's limits refused a call. */
export type Limit = 'minute' | 'day' | 'app' | 'concurrent';

/** What Xero's headers said of the limits after a call; null where a header was missing. */
export interface Allowance {
  leftThisMinute: number | null;
  leftToday: number | null;
}
