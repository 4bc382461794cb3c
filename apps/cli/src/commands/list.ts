// The outcome of a command that lists.
import type { Outcome } from '../command.ts';
import { table } from '../table.ts';

/** In JSON `{ [name]: nodes, more }`, for people a table. */
export function listOutcome<Node>(
  name: string,
  nodes: readonly Node[],
  more: boolean,
  head: readonly string[],
  row: (node: Node) => string[],
  empty: string,
): Outcome {
  const rows = table(head, nodes.map(row));
  const rest = more ? '\nThere are more: --limit N shows them.' : '';
  return { exitCode: 0, json: { [name]: nodes, more }, text: nodes.length === 0 ? empty : rows + rest };
}
