// Rewrites src/graphql-env.d.ts, the schema as a type, from the printed schema (or the SDL file named as argument).
import { readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from 'gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const source = process.argv[2] ?? new URL('../api/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(source, 'utf8'));
const introspection = minifyIntrospection(introspectionFromSchema(schema));
writeFileSync(
  new URL('./src/graphql-env.d.ts', import.meta.url),
  outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }),
);
