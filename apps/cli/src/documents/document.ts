// A GraphQL document beside the shape of its answer; a test holds every document against the printed schema.
import { z } from 'zod';

export interface Document<Answer> {
  text: string;
  answer: z.ZodType<Answer>;
}

/** Every document names its one field `result`. */
export function defineDocument<Answer>(text: string, result: z.ZodType<Answer>): Document<Answer> {
  return { text, answer: z.object({ result }).transform((data) => data.result) };
}

/** What every mutation may answer instead of its payload. */
export const refusalFields = '__typename ... on Error { message } ... on ConflictError { runId }';

const refusal = z
  .object({
    __typename: z.enum(['InvalidInputError', 'NotFoundError', 'ForbiddenError', 'ConflictError']),
    message: z.string(),
    runId: z.nullish(z.string()),
  })
  .transform(({ __typename, message, runId }) => ({
    kind: 'refused' as const,
    conflict: __typename === 'ConflictError',
    message,
    runId: runId ?? null,
  }));

export type Refused = z.infer<typeof refusal>;

/** What a mutation answers: granted with its payload, or refused. */
export function mutationResult<Payload>(payload: z.ZodType<Payload>) {
  return z.union([refusal, payload.transform((value) => ({ kind: 'granted' as const, payload: value }))]);
}

export interface Page<Node> {
  nodes: Node[];
  next: string | null;
}

/** A relay connection as a page: its nodes, and the cursor of the next page. */
export function page<Node>(node: z.ZodType<Node>) {
  return z
    .object({
      edges: z.array(z.object({ node })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.nullable(z.string()) }),
    })
    .transform(({ edges, pageInfo }): Page<Node> => {
      return {
        nodes: edges.map((edge) => edge.node),
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      };
    });
}

export const pageFields = 'pageInfo { hasNextPage endCursor }';
