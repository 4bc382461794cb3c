// What may be claimed of a layer: its passes, and the first change of each that nothing keeps back.
import type { Entity } from './entity.ts';
import type { Action } from './export-row.ts';

export interface Pass {
  entity: Entity;
  action: Action;
}

/** Creates before updates of an entity. */
export function passesOf(layer: readonly Entity[]): Pass[] {
  return layer.flatMap((entity) => [
    { entity, action: 'create' as const },
    { entity, action: 'update' as const },
  ]);
}

/** SQL: of the passes $2 (`passText`) of the organisation $1 those with something to claim, each with its `place` from 1; `more` says what else must be true of a change `c`. */
export const claimable = (more = 'true') =>
  `json_array_elements($2::json) WITH ORDINALITY AS pass (of, place)
   CROSS JOIN LATERAL (SELECT 1 FROM change c
     WHERE c.organisation_id = $1::uuid AND c.entity = of ->> 0 AND c.action = of ->> 1 AND c.state = 'pending' AND c.held IS NULL
       AND c.number > coalesce((SELECT w.number FROM water_mark w
         WHERE w.organisation_id = $1::uuid AND w.entity = of ->> 0 AND w.action = of ->> 1), 0)
       AND ${more} ORDER BY c.number LIMIT 1) claimable`;

export function passText(passes: readonly Pass[]): string {
  return JSON.stringify(passes.map(({ entity, action }) => [entity.name, action]));
}
