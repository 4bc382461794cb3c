// How long the Accounting API takes to answer, in simulated ms: for all calls, or for those of a method and path; around it, if wanted, by chance.

/** Answers take `ms`, or up to `jitterMs` more or less, never below 0. */
export type AnswerTime = { readonly ms: number; readonly jitterMs: number };

export type LatencyRule = AnswerTime & { readonly method: string; readonly path: string };

export type Latency = {
  /** The answer time of the next call to a path below /api.xro/2.0. */
  of(method: string, path: string): number;
  /** Sets the time for all calls, or with a method or path for those only; path is a beginning such as `/Invoices`. */
  set(time: AnswerTime, method: string | undefined, path: string | undefined): void;
  read(): AnswerTime & { rules: readonly LatencyRule[] };
};

/** Jitter is drawn from one seed, the same at each start: the n-th call that has one draws what the n-th always draws. */
export function createLatency(initial: AnswerTime): Latency {
  let base = initial;
  let rules: LatencyRule[] = [];
  const draw = createDraw(20_261_122);
  return {
    of(method, path) {
      const { ms, jitterMs } = rules.find((one) => matches(one, method, path)) ?? base;
      return jitterMs === 0 ? ms : Math.max(0, ms + jitterMs * draw());
    },
    set({ ms, jitterMs }, method, path) {
      if (method === undefined && path === undefined) {
        base = { ms, jitterMs };
        rules = [];
        return;
      }
      const rule = { method: (method ?? '*').toUpperCase(), path: path ?? '/', ms, jitterMs };
      rules = [rule, ...rules.filter((one) => one.method !== rule.method || one.path !== rule.path)];
    },
    read: () => ({ ...base, rules }),
  };
}

/** From -1 to 1, evenly, by a linear congruential generator. */
function createDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2_147_483_648 - 1;
  };
}

function matches(rule: LatencyRule, method: string, path: string): boolean {
  if (rule.method !== '*' && rule.method !== method) return false;
  return path.toLowerCase().startsWith(rule.path.toLowerCase());
}
