// Compares the JSON of an answer with what xero-node made of it, member by member.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** The paths of what the JSON holds and the model does not, or holds differently; dates are compared as instants. */
export function lostFields(wire: unknown, model: unknown, path = ''): readonly string[] {
  if (wire === null || wire === undefined || (wire === '' && path === '')) return [];
  if (Buffer.isBuffer(model) || Buffer.isBuffer(wire)) return isDeepStrictEqual(wire, model) ? [] : [path];
  if (model instanceof Date) return instantOf(String(wire)) === model.getTime() ? [] : [path];
  if (Array.isArray(wire)) {
    if (!Array.isArray(model) || model.length !== wire.length) return [path];
    return wire.flatMap((one, index) => lostFields(one, model[index], `${path}[]`));
  }
  if (!isMembers(wire)) return wire === model ? [] : [path];
  if (!isMembers(model)) return [path];
  const attributes = attributesOf(model);
  if (attributes === undefined) return isDeepStrictEqual(wire, model) ? [] : [path];
  return Object.entries(wire).flatMap(([name, part]) => {
    const attribute = attributes.find(({ baseName }) => baseName === name);
    const here = path === '' ? name : `${path}.${name}`;
    return attribute === undefined ? [here] : lostFields(part, Reflect.get(model, attribute.name), here);
  });
}

/** `/Date(ms+0000)/`, or an ISO text. */
function instantOf(text: string): number {
  const wire = /^\/Date\((-?\d+)/.exec(text);
  return wire === null ? new Date(text).getTime() : Number(wire[1]);
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const attributeList = z.array(z.object({ name: z.string(), baseName: z.string() }));

function attributesOf(model: object): z.infer<typeof attributeList> | undefined {
  const mapOf: unknown = Reflect.get(model.constructor, 'getAttributeTypeMap');
  return typeof mapOf === 'function'
    ? attributeList.parse(Reflect.apply(mapOf, model.constructor, []))
    : undefined;
}
