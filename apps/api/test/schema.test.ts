// The schema as a whole: printed and reviewed, and every part of it described.
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../src/schema.ts';

test('the printed schema is the one that was committed', async () => {
  const printed = printSchema(lexicographicSortSchema(await createSchema()));
  await expect(`${printed}\n`).toMatchFileSnapshot('../schema.graphql');
});

test('every type, field, argument and value is described', async () => {
  const schema = await createSchema();
  const bare: string[] = [];
  const look = (name: string, { description }: { description?: string | null | undefined }) => {
    if (!description) bare.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
  }
  expect(bare).toEqual([]);
});
