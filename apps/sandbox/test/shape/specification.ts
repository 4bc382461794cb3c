// Xero's own specification of the Accounting API, read from beside the project and made ready for judging answers.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { additions, olderPaths, olderSchemas } from './newer.ts';
import { isMembers, patchSchema } from './patch.ts';
import { nameOf, shownMembers } from './shown-members.ts';

export const specificationPath = fileURLToPath(
  new URL('../../../../../shared/xero-openapi/xero_accounting.yaml', import.meta.url),
);

const members = z.record(z.string(), z.unknown());

/** The patched schemas by name, and for each path, method (`get`) and status the schema of the body. */
export const specificationShape = z.object({
  schemas: members,
  paths: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
});

export type Specification = z.infer<typeof specificationShape>;
type Members = Readonly<Record<string, unknown>>;

/** Undefined where the file is not there. */
export function readSpecification(): Specification | undefined {
  if (!existsSync(specificationPath)) return undefined;
  // The core schema of YAML 1.2 leaves timestamps alone, as XERO.md 12 asks for.
  const file = fileShape.parse(parse(readFileSync(specificationPath, 'utf8'), { schema: 'core' }));
  const { responses } = file.components;
  const schemas: Members = { ...olderSchemas, ...file.components.schemas };
  const paths = mapMembers(file.paths, (item) =>
    mapMembers(item, (operation, method) =>
      isMembers(operation) && isMembers(operation.responses)
        ? mapMembers(operation.responses, (answer) => bodySchema(named(answer, responses), method))
        : {},
    ),
  );
  const answers = Object.values(file.paths)
    .flatMap(Object.values)
    .flatMap((operation) => (isMembers(operation) ? Object.values(operation.responses ?? {}) : []));
  const shown = shownMembers(schemas, [...answers, ...Object.values(responses)]);
  const patched = mapMembers(schemas, (schema, name) => withMembers(patchSchema(schema, name), name, shown));
  const bodies = mapMembers(patched, inEnvelope);
  return specificationShape.parse({
    schemas: { ...patched, ...Object.fromEntries(Object.entries(bodies).map(([k, v]) => [`${k}.body`, v])) },
    paths: { ...olderPaths, ...paths },
  });
}

const fileShape = z.object({
  paths: z.record(z.string(), members),
  components: z.object({ schemas: members, responses: members }),
});

/** The schema of a JSON body; `false` for an answer without one, `true` for a file. */
function bodySchema(answer: unknown, method: string): unknown {
  if (!isMembers(answer) || !isMembers(answer.content)) return false;
  const media = answer.content['application/json'];
  if (!isMembers(media)) return true;
  const name = isMembers(media.schema) ? nameOf(media.schema.$ref) : '';
  // A refusal has no envelope, and neither has the allocation that was deleted.
  if (name === '' || name === 'Error' || (name === 'Allocation' && method === 'delete')) {
    return patchSchema(media.schema);
  }
  return { $ref: `#/components/schemas/${name}.body` };
}

function named(answer: unknown, responses: Members): unknown {
  return isMembers(answer) && answer.$ref !== undefined ? responses[nameOf(answer.$ref)] : answer;
}

/** With what the specification's examples show and what newer sources have; a refused element is any object. */
function withMembers(schema: unknown, name: string, shown: ReadonlyMap<string, Set<string>>): unknown {
  if (!isMembers(schema) || !isMembers(schema.properties)) return schema;
  const fromExamples = [...(shown.get(name) ?? [])].map((member) => [member, true]);
  const newer = additions
    .filter((addition) => addition.schemas.includes(name))
    .map(({ member, is }) => [member, is]);
  const properties = { ...schema.properties, ...Object.fromEntries([...fromExamples, ...newer]) };
  return { ...schema, properties, additionalProperties: name === 'Element' };
}

/** Every body of a success has the members of the envelope around its resource (XERO.md 5). */
function inEnvelope(schema: unknown): unknown {
  if (!isMembers(schema) || !isMembers(schema.properties)) return schema;
  const properties = { ...schema.properties, ...envelope };
  return { ...schema, type: 'object', properties, required: Object.keys(envelope) };
}

const text = { type: 'string' };
const envelope = {
  Id: { ...text, minLength: 36 },
  Status: { const: 'OK' },
  ProviderName: text,
  DateTimeUTC: { ...text, pattern: '^/Date\\(\\d+([+-]\\d{4})?\\)/$' },
};

function mapMembers<T, U>(
  value: Readonly<Record<string, T>>,
  map: (member: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]));
}
