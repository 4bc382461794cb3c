// Writes records for the journal: JSON without the members that reading gives them anyway.
import { z } from 'zod';
import { quoted } from './json.ts';

/** The JSON text of a record, which the schema reads back as it was. `more`: members that the schema does not have, as text. */
export function recordText(
  schema: z.ZodObject,
): (record: Readonly<Record<string, unknown>>, more?: string) => string {
  const members = new Map(
    Object.entries(schema.shape).map(([name, shape]) => [
      name,
      { start: `"${name}":`, usual: z.safeParse(shape, undefined).data },
    ]),
  );
  return (record, more = '') => {
    let text = more;
    for (const name in record) {
      const value = record[name];
      const member = members.get(name);
      if (value === undefined || member === undefined || value === member.usual) continue;
      text += `${text === '' ? '' : ','}${member.start}${valueText(value)}`;
    }
    return `{${text}}`;
  };
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
