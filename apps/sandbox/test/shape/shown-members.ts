// Members that the specification shows in its examples of answers and forgets in its schemas, such as DateString.
import { isMembers } from './patch.ts';

type Members = Readonly<Record<string, unknown>>;

/** For each schema, the members that it lacks and an example of an answer shows. */
export function shownMembers(
  schemas: Members,
  answers: readonly unknown[],
): ReadonlyMap<string, Set<string>> {
  const shown = new Map<string, Set<string>>();
  const walk = (schema: unknown, value: unknown): void => {
    if (!isMembers(schema)) return;
    const name = nameOf(schema.$ref);
    if (name !== '') walkNamed(name, schemas[name], value);
    else if (Array.isArray(value)) for (const one of value) walk(schema.items, one);
    else walkMembers(schema, value);
  };
  const walkNamed = (name: string, schema: unknown, value: unknown): void => {
    if (isMembers(schema) && isMembers(schema.properties) && isMembers(value)) {
      for (const member of Object.keys(value)) {
        if (schema.properties[member] === undefined) add(shown, name, member);
      }
    }
    walk(schema, value);
  };
  const walkMembers = (schema: Members, value: unknown): void => {
    if (!isMembers(schema.properties) || !isMembers(value)) return;
    for (const [member, part] of Object.entries(schema.properties)) walk(part, value[member]);
  };
  for (const { schema, example } of mediaOf(answers)) walk(schema, example);
  return shown;
}

function add(shown: Map<string, Set<string>>, name: string, member: string): void {
  const members = shown.get(name) ?? new Set();
  shown.set(name, members.add(member));
}

/** The last part of a reference such as `#/components/schemas/Error`; '' for none. */
export function nameOf(reference: unknown): string {
  return typeof reference === 'string' ? (reference.split('/').at(-1) ?? '') : '';
}

function mediaOf(answers: readonly unknown[]): readonly Members[] {
  return answers.flatMap((answer) => {
    const content = isMembers(answer) ? answer.content : undefined;
    const media = isMembers(content) ? content['application/json'] : undefined;
    return isMembers(media) ? [media] : [];
  });
}
