// Reading files into the inventory.
import { z } from 'zod';
import { defineDocument, mutationResult, page, pageFields, refusalFields } from './document.ts';

const load = z.object({
  id: z.string(),
  state: z.enum(['RECEIVING', 'WAITING', 'WORKING', 'DONE', 'FAILED']),
  problem: z.nullable(z.string()),
  files: z.array(
    z.object({ name: z.string(), state: z.string(), rows: z.number(), problem: z.nullable(z.string()) }),
  ),
  rows: z.number(),
  documents: z.number(),
  position: z.number(),
  imported: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  rowsImported: z.number(),
  rowsUnchanged: z.number(),
  rowsRejected: z.number(),
});

export type Load = z.infer<typeof load>;

const fields = `id state problem files { name state rows problem } rows documents position imported unchanged rejected
  rowsImported rowsUnchanged rowsRejected`;

export const templatesQuery = defineDocument(
  'query { result: templates { name label } }',
  z.array(z.object({ name: z.string(), label: z.string() })),
);

export const createLoad = change('createLoad', 'CreateLoadInput');
export const closeLoad = change('closeLoad', 'CloseLoadInput');

function change(name: string, input: string) {
  return defineDocument(
    `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${refusalFields} ... on Load { ${fields} } } }`,
    mutationResult(load),
  );
}

export const loadQuery = defineDocument(
  `query ($id: ID!) { result: load(id: $id) { ${fields} } }`,
  z.nullable(load),
);

export const loadProgress = defineDocument(
  `subscription ($id: ID!) { result: loadProgress(id: $id) { ${fields} } }`,
  z.nullable(load),
);

const rejection = z.object({ file: z.string(), line: z.number(), document: z.string(), reason: z.string() });

export type Rejection = z.infer<typeof rejection>;

export const rejectionsQuery = defineDocument(
  `query ($id: ID!, $first: Int, $after: String) {
    result: load(id: $id) {
      rejections(first: $first, after: $after) { edges { node { file line document reason } } ${pageFields} }
    }
  }`,
  z.object({ rejections: page(rejection) }).transform(({ rejections }) => rejections),
);
