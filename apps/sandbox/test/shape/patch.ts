// Makes JSON Schemas of the specification's: as XERO.md 12 says, and stricter where it says too little.

type Members = Readonly<Record<string, unknown>>;

/**
 * A schema as it can judge answers: null is allowed everywhere, enumerations that grow are open and defaults are gone
 * (XERO.md 12). Members that the specification does not name are refused, and its dates must be Xero's dates.
 */
export function patchSchema(schema: unknown, name = ''): unknown {
  if (!isMembers(schema)) return schema;
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref };
  if (schema['x-is-msdate'] === true || schema['x-is-msdate-time'] === true) return wireDate;
  const kept: Record<string, unknown> = {};
  if (typeof schema.type === 'string') kept.type = [schema.type, 'null'];
  if (Array.isArray(schema.enum) && !openWords.has(name)) kept.enum = [...schema.enum, null];
  if (schema.format === 'uuid') kept.pattern = guid;
  if (schema.items !== undefined) kept.items = patchSchema(schema.items);
  for (const name of ['minimum', 'maximum', 'minLength', 'maxLength', 'required']) {
    if (schema[name] !== undefined) kept[name] = schema[name];
  }
  if (isMembers(schema.properties)) {
    kept.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([member, part]) => [member, patchSchema(part, member)]),
    );
    kept.additionalProperties = false;
  }
  return kept;
}

/** The members and schemas whose enumerations break when Xero adds a word (XERO.md 12). */
const openWords: ReadonlySet<string> = new Set(['Class', 'CurrencyCode', 'ReportTaxType', 'TimeZone']);

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const wireDate = { type: ['string', 'null'], pattern: '^/Date\\(-?\\d+([+-]\\d{4})?\\)/$' };
const guid = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';
