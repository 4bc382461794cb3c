// Layers of entities: parents before children.
import type { Entity } from './entity.ts';

/** Entities that reach Xero, in layers: each after all it comes after. */
export function layersOf(entities: readonly Entity[]): Entity[][] {
  const sending = entities.filter((entity) => entity.exports === 'yes');
  const depthOf = (entity: Entity): number =>
    Math.max(
      0,
      ...sending.filter((other) => entity.after.includes(other.name)).map((other) => depthOf(other) + 1),
    );
  const layers: Entity[][] = [];
  for (const entity of sending) {
    const depth = depthOf(entity);
    layers[depth] = [...(layers[depth] ?? []), entity];
  }
  return layers;
}
