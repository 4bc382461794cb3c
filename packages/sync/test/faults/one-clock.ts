// The one clock of a stage: database and sandbox go by it, and so does everybody who asks either of them.
import { createSandboxClient } from '@stockbook/sandbox/client';
import type pg from 'pg';

/** Sets the clock: it stands there, or runs `scale` times as fast as real time. */
export type SetClock = (simulatedMs: number, scale?: number) => Promise<void>;

export function createClockSetter(owner: pg.Pool, sandboxUrl: string): SetClock {
  const client = createSandboxClient(sandboxUrl);
  return async (simulatedMs, scale = 0) => {
    const realMs = Date.now();
    await owner.query(
      `INSERT INTO clock (id, real_at, simulated_at, scale) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET real_at = $1, simulated_at = $2, scale = $3`,
      [new Date(realMs), new Date(simulatedMs), scale],
    );
    if (scale > 0) await client.setClock({ realMs, simulatedMs, scale });
    else await stand(sandboxUrl, realMs, simulatedMs);
  };
}

async function stand(sandboxUrl: string, realMs: number, simulatedMs: number): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/__sandbox/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ realMs, simulatedMs, stopped: true }),
  });
  await answer.arrayBuffer();
}
