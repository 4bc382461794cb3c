// What a run before this one left open, carried on before anything is claimed; from the day's reserve goes only what is urgent.
import type { Carriage } from './carriage.ts';
import { type Claimed, claimUrgent, hasUrgent } from './claims.ts';
import { resumeExports } from './open-exports.ts';

export interface Left {
  isEmpty: boolean;
  /** The next one, or what is urgent before it; undefined when all are on their way. */
  next(fromReserve: boolean): Promise<Claimed | undefined>;
  isUrgent(): Promise<boolean>;
}

export async function readLeft(it: Carriage): Promise<Left> {
  const open = await resumeExports(it.db, it.lease, it.step, it.run.entities);
  return {
    isEmpty: open.length === 0,
    next: async (fromReserve) => {
      if (!fromReserve || open.length === 0) return open.shift();
      const at = open.findIndex(({ row }) => row.urgent);
      if (at >= 0) return open.splice(at, 1)[0];
      return (await claimUrgent(it, it.run.id)) ?? open.shift();
    },
    isUrgent: async () => open.some(({ row }) => row.urgent) || hasUrgent(it),
  };
}
