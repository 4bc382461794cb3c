// Counts the Accounting calls since the last reset, by method and first path segment and by status.

export type Tally = {
  count(name: string, status: number, times?: number): void;
  clear(): void;
  calls(): Record<string, Record<string, number>>;
  throttled(): number;
};

export function createTally(): Tally {
  const counts = new Map<string, Map<string, number>>();
  return {
    count(name, status, times = 1) {
      const byStatus = counts.get(name) ?? new Map<string, number>();
      counts.set(name, byStatus);
      byStatus.set(String(status), (byStatus.get(String(status)) ?? 0) + times);
    },
    clear: () => counts.clear(),
    calls() {
      const entries = [...counts].map(([name, byStatus]) => [name, Object.fromEntries(byStatus)]);
      return Object.fromEntries(entries);
    },
    throttled() {
      let calls = 0;
      for (const byStatus of counts.values()) calls += byStatus.get('429') ?? 0;
      return calls;
    },
  };
}
