// How much each app has read this month, which its tier bills (XERO.md 1.6); counted while the process runs.

export type Egress = {
  add(client: string, bytes: number, nowMs: number): void;
  /** Bytes in the present month, in UTC. */
  read(client: string, nowMs: number): number;
  clear(): void;
};

export function createEgress(): Egress {
  const counts = new Map<string, { month: string; bytes: number }>();
  const monthOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 7);
  const read: Egress['read'] = (client, nowMs) => {
    const known = counts.get(client);
    return known?.month === monthOf(nowMs) ? known.bytes : 0;
  };
  return {
    add: (client, bytes, nowMs) =>
      void counts.set(client, { month: monthOf(nowMs), bytes: read(client, nowMs) + bytes }),
    read,
    clear: () => counts.clear(),
  };
}
