// Tells a database that is away, where waiting helps, from a step that would fail again.
import { Prisma } from '@stockbook/db';

/** Prisma's codes for a server or connection that cannot be had in time. */
const outageCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** PostgreSQL's classes: connection, resources, operator intervention, system. */
const outageStates = /^(08|53|57|58)/;

export function isOutage(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return outageCodes.has(error.code) || outageStates.test(stateOf(error.meta));
  }
  return error instanceof Error && 'code' in error && isNetworkCode(error.code);
}

function isNetworkCode(code: unknown): boolean {
  return (
    typeof code === 'string' &&
    (/^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_)/.test(code) || outageStates.test(code))
  );
}

/** The SQLSTATE that the driver reported, where there is one. */
function stateOf(meta: unknown): string {
  return /"originalCode":"([0-9A-Z]{5})"/.exec(JSON.stringify(meta ?? {}))?.[1] ?? '';
}
