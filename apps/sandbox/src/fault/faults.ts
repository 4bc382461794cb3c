// The faults that are set: which of them a call meets, drawn from a seed where only a part of the calls is meant.
import { type Fault, type FaultWanted, faultRecord } from './fault.ts';

export type FaultState = Fault & {
  readonly id: number;
  /** How many calls matched it, and how many of those it met. */
  readonly seen: number;
  readonly met: number;
};

export type Faults = {
  add(fault: FaultWanted): FaultState;
  /** The first fault this call meets; `area` is where a fault without a path does not reach: the identity server. */
  meet(area: 'accounting' | 'identity', method: string, path: string): Fault | undefined;
  list(): FaultState[];
  remove(id: number): boolean;
  clear(): void;
};

export function createFaults(): Faults {
  type Standing = { fault: Fault; id: number; seen: number; met: number; draw: () => number };
  let standing: Standing[] = [];
  let lastId = 0;
  const stateOf = ({ fault, id, seen, met }: Standing): FaultState => ({ ...fault, id, seen, met });
  return {
    add(wanted) {
      const fault = faultRecord.parse(wanted);
      lastId += 1;
      const one = { fault, id: lastId, seen: 0, met: 0, draw: createDraw(fault.seed) };
      standing.push(one);
      return stateOf(one);
    },
    meet(area, method, path) {
      for (const one of standing) {
        if (isSpent(one.fault, one.met) || !matches(one.fault, area, method, path)) continue;
        one.seen += 1;
        // Drawn for every matching call, so that the same seed meets the same calls whatever came between.
        const isDrawn = one.fault.share === undefined || one.draw() < one.fault.share;
        if (one.seen <= one.fault.skip || !isDrawn) continue;
        one.met += 1;
        return one.fault;
      }
      return undefined;
    },
    list: () => standing.map(stateOf),
    remove(id) {
      const before = standing.length;
      standing = standing.filter((one) => one.id !== id);
      return standing.length < before;
    },
    clear() {
      standing = [];
    },
  };
}

function isSpent(fault: Fault, met: number): boolean {
  const times = fault.times ?? (fault.share === undefined ? 1 : Number.POSITIVE_INFINITY);
  return met >= times;
}

function matches(fault: Fault, area: 'accounting' | 'identity', method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return area === 'accounting';
  return path.toLowerCase().startsWith(fault.path.toLowerCase());
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
