// The simulated clock's one row: what worker, API and SQL go by while it is there.
import pg from 'pg';

export type SimulatedClock = { realAt: Date; simulatedAt: Date; scale: number };

/** Sets the clock, or with `undefined` goes back to the real time. `url` is the owner's. */
export async function setClock(url: string, clock: SimulatedClock | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('DELETE FROM clock');
    if (clock) {
      const values = [clock.realAt, clock.simulatedAt, clock.scale];
      await client.query(
        'INSERT INTO clock (id, real_at, simulated_at, scale) VALUES (1, $1, $2, $3)',
        values,
      );
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** Reads the three numbers as the starter hands them to every process: milliseconds since 1970, twice, and the scale. */
export function parseClock(env: Record<string, string | undefined>): SimulatedClock | undefined {
  const { CLOCK_REAL_MS: real, CLOCK_SIMULATED_MS: simulated, CLOCK_SCALE: scale } = env;
  if (!real || !simulated || !scale) return undefined;
  return { realAt: new Date(Number(real)), simulatedAt: new Date(Number(simulated)), scale: Number(scale) };
}
