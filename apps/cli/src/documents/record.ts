// Records, their changes in the queue, and what happened to them.
import { z } from 'zod';
import { defineDocument, mutationResult, page, pageFields, refusalFields } from './document.ts';

export const entitiesQuery = defineDocument(
  'query { result: entities { name label } }',
  z.array(z.object({ name: z.string(), label: z.string() })),
);

const text = z.nullable(z.string());
const record = z.object({
  id: z.string(),
  entity: z.string(),
  number: text,
  title: z.string(),
  date: text,
  total: text,
  currency: text,
  status: z.string(),
  syncState: z.string(),
  problem: text,
  xeroId: text,
  accountingCode: text,
  lastExportAt: text,
  lastImportAt: text,
  noExport: z.boolean(),
  noExportReason: text,
  noImport: z.boolean(),
  noImportReason: text,
});

export type Row = z.infer<typeof record>;

const recordFields = `id entity number title date total currency status syncState problem xeroId accountingCode lastExportAt lastImportAt
  noExport noExportReason noImport noImportReason`;

export const recordsQuery = defineDocument(
  `query ($entity: EntityName!, $filter: RecordFilter, $first: Int, $after: String) {
    result: records(entity: $entity, filter: $filter, first: $first, after: $after) {
      edges { node { ${recordFields} } } ${pageFields}
    }
  }`,
  page(record),
);

const change = z.object({
  number: z.string(),
  entity: z.string(),
  record: z.object({ id: z.string(), number: text, title: z.string() }),
  state: z.string(),
  reason: text,
  urgent: z.boolean(),
  createdAt: z.string(),
});

export type Change = z.infer<typeof change>;

export const queueQuery = defineDocument(
  `query ($filter: QueueFilter, $first: Int, $after: String) {
    result: queue(filter: $filter, first: $first, after: $after) {
      edges { node { number entity record { id number title } state reason urgent createdAt } } ${pageFields}
    }
  }`,
  page(change),
);

const event = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  actor: z.string(),
  entity: text,
  text: z.string(),
  runId: text,
  count: z.nullable(z.number()),
});

export type Event = z.infer<typeof event>;

export const historyQuery = defineDocument(
  `query ($filter: HistoryFilter, $first: Int, $after: String) {
    result: history(filter: $filter, first: $first, after: $after) {
      edges { node { id at kind actor entity text runId count } } ${pageFields}
    }
  }`,
  page(event),
);

const errorGroup = z.object({ id: z.string(), cause: z.string(), fix: z.string(), count: z.number() });

export const errorGroupsQuery = defineDocument(
  'query { result: errorGroups { id cause fix count } }',
  z.array(errorGroup),
);

export const retryMutation = defineDocument(
  `mutation ($input: RetryInput!) { result: retry(input: $input) { ${refusalFields} ... on RetryPayload { count } } }`,
  mutationResult(z.object({ count: z.number() })),
);

export const sendNowMutation = defineDocument(
  `mutation ($input: SendNowInput!) { result: sendNow(input: $input) { ${refusalFields} ... on SendNowPayload { words record { ${recordFields} } } } }`,
  mutationResult(z.object({ words: z.string(), record })),
);

export const chooseSideMutation = defineDocument(
  `mutation ($input: ChooseSideInput!) { result: chooseSide(input: $input) { ${refusalFields} ... on Record { ${recordFields} } } }`,
  mutationResult(record),
);
