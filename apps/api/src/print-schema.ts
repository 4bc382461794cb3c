// Prints the schema into apps/api/schema.graphql, whose changes are reviewed: `npm run schema` after a build.
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

const file = new URL('../schema.graphql', import.meta.url);
writeFileSync(file, `${printSchema(lexicographicSortSchema(await createSchema()))}\n`);
