// Reads a list page by page, up to a limit.
import type { Api } from './api.ts';
import type { Given } from './command.ts';
import type { Document, Page } from './documents/document.ts';

const PAGE_MAX = 100;
const LIMIT_DEFAULT = 50;

export const limitOption = { limit: { value: 'N', about: `at most this many, ${LIMIT_DEFAULT} without it` } };

/** `more` says that the limit left some out. */
export async function readPages<Node>(
  api: Api,
  document: Document<Page<Node>>,
  variables: Record<string, unknown>,
  limit: number,
): Promise<{ nodes: Node[]; more: boolean }> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const first = Math.min(PAGE_MAX, limit - nodes.length);
    const read: Page<Node> = await api.ask(document, { ...variables, first, after });
    nodes.push(...read.nodes);
    after = read.next;
  } while (after !== null && nodes.length < limit);
  return { nodes, more: after !== null };
}

/** The number of --limit, or undefined when it is none. */
export function readLimit(given: Given): number | undefined {
  const text = given.text('limit') ?? String(LIMIT_DEFAULT);
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}
