// What must be ended when a bench ends: processes, connections and scratch folders, in reverse order, on failure and on a signal too.

export interface Endings {
  add(end: () => Promise<void>): void;
  /** Runs every ending once; one that fails is told and does not keep the others from running. */
  run(): Promise<void>;
}

export function createEndings(): Endings {
  const ends: (() => Promise<void>)[] = [];
  async function run(): Promise<void> {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      await end().catch((error: unknown) => console.error(error));
    }
  }
  for (const [name, code] of signals) process.once(name, () => void run().then(() => process.exit(code)));
  return { add: (end) => ends.push(end), run };
}

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
