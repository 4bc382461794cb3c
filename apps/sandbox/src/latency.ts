// How long the Accounting API takes to answer, in simulated ms: for all calls, or for those of a method and path.

export type LatencyRule = { readonly method: string; readonly path: string; readonly ms: number };

export type Latency = {
  /** The answer time of a call to a path below /api.xro/2.0. */
  of(method: string, path: string): number;
  /** Sets the time for all calls, or with a method or path for those only; path is a beginning such as `/Invoices`. */
  set(ms: number, method: string | undefined, path: string | undefined): void;
  read(): { ms: number; rules: readonly LatencyRule[] };
};

export function createLatency(initialMs: number): Latency {
  let baseMs = initialMs;
  let rules: LatencyRule[] = [];
  return {
    of(method, path) {
      const rule = rules.find((one) => matches(one, method, path));
      return rule?.ms ?? baseMs;
    },
    set(ms, method, path) {
      if (method === undefined && path === undefined) {
        baseMs = ms;
        rules = [];
        return;
      }
      const rule = { method: (method ?? '*').toUpperCase(), path: path ?? '/', ms };
      rules = [rule, ...rules.filter((one) => one.method !== rule.method || one.path !== rule.path)];
    },
    read: () => ({ ms: baseMs, rules }),
  };
}

function matches(rule: LatencyRule, method: string, path: string): boolean {
  if (rule.method !== '*' && rule.method !== method) return false;
  return path.toLowerCase().startsWith(rule.path.toLowerCase());
}
