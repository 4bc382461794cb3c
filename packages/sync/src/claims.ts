// The claims of a layer: one at a time, until no entity of it has anything left.
import type { Carriage } from './carriage.ts';
import { claimExport } from './claim.ts';
import type { Entity } from './entity.ts';
import type { Action, ExportRow } from './export-row.ts';

export interface Claimed {
  entity: Entity;
  row: ExportRow;
}

/** Creates before updates of an entity, until none has anything left. */
export function createClaims(it: Carriage, layer: readonly Entity[], run: { id: string; snapshot: bigint }) {
  const left: { entity: Entity; action: Action }[] = layer.flatMap((entity) => [
    { entity, action: 'create' as const },
    { entity, action: 'update' as const },
  ]);
  let turn: Promise<unknown> = Promise.resolve();
  async function claimNext(): Promise<Claimed | undefined> {
    for (;;) {
      const first = left[0];
      if (first === undefined || it.lease.signal.aborted) return undefined;
      const row = await claimExport(it.db, it.lease, run, first.entity, first.action, it.step);
      if (row !== undefined) return { entity: first.entity, row };
      left.shift();
    }
  }
  return (): Promise<Claimed | undefined> => {
    const mine = turn.then(claimNext, claimNext);
    turn = mine;
    return mine;
  };
}
