// Every document of the CLI is one the API answers: held against its printed schema.
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as connection from './connection.ts';
import * as load from './load.ts';
import * as record from './record.ts';
import * as run from './run.ts';
import * as runControl from './run-control.ts';
import * as status from './status.ts';

const schema = buildSchema(readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8'));

const documents = Object.entries({
  ...connection,
  ...load,
  ...record,
  ...run,
  ...runControl,
  ...status,
}).flatMap(([name, exported]) =>
  typeof exported === 'object' && 'text' in exported ? [{ name, text: exported.text }] : [],
);

describe('the documents', () => {
  it('are found', () => {
    expect(documents.length).toBeGreaterThan(15);
  });

  it.each(documents)('$name is answered by the schema', ({ text }) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});
