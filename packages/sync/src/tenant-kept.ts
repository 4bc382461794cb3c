// Which Xero organisation a business may go on in: the one that its records went to, and none where another works or has records.
import type { Tx } from '@stockbook/db';
import type { Tenant } from '@stockbook/xero';
import { z } from 'zod';
import { giveUpUnsent } from './give-back.ts';

export interface Locked {
  state: string;
  problem: string | null;
  tenantId: string | null;
  tenantName: string | null;
  connectedAt: Date | null;
  /** What may be chosen from, as parseTenants reads it. */
  tenants: string | null;
}

/** The connection as it stands once whoever writes for a run has ended; nobody begins to until this transaction ends. */
export async function lockConnection(tx: Tx): Promise<Locked | undefined> {
  const [row] = await tx.sql.query<Locked>(
    `SELECT state, problem, tenant_id AS "tenantId", tenant_name AS "tenantName", connected_at AS "connectedAt", tenants
       FROM connection WHERE organisation_id = $1::uuid FOR UPDATE`,
    tx.organisation,
  );
  return row;
}

/** Takes the organisation from whoever carries a run for the tenant before; what is frozen for that one's accounts and was never sent is frozen anew, and what that one's answers said of its limits holds no longer. */
export async function leaveTenant(tx: Tx): Promise<void> {
  await tx.sql.execute(
    `UPDATE connection SET lease_token = lease_token + 1, lease_until = NULL, lease_owner = NULL, lease_run_id = NULL,
            left_this_minute = NULL, left_today = NULL, budget_at = NULL, closed_until = NULL,
            day_most = 0, day_from = NULL, day_to = NULL, failures = 0 WHERE organisation_id = $1::uuid`,
    tx.organisation,
  );
  // Whoever writes a parked run beside its connection has locked that one first.
  await tx.sql.execute(
    `UPDATE run SET state = 'waiting', parked_until = NULL, reason = NULL, hindrance = NULL
      WHERE organisation_id = $1::uuid AND state = 'parked' AND asked IS NULL AND parked_until IS NOT NULL`,
    tx.organisation,
  );
  tx.topics.set('run', undefined);
  await giveUpUnsent(tx);
}

/** The tenants a person may choose from, between consent and choice. */
export function parseTenants(text: string | null): Tenant[] {
  return text === null ? [] : tenantsForm.parse(JSON.parse(text));
}

const tenantsForm = z.array(z.object({ connectionId: z.string(), tenantId: z.string(), name: z.string() }));

/** An organisation of Stockbook whose name a person may see. */
export interface Named {
  id: string;
  name: string;
}

/**
 * Why this business cannot work in a Xero organisation: its own records are in another, or another business works in it or has records
 * there. Whoever has records in one is kept out only while another is connected to it, and whoever has none may take another one, so
 * that each has a way on. Nobody else begins to work there until this transaction ends.
 */
export async function readWhyNot(
  tx: Tx,
  before: Locked,
  wanted: { tenantId: string; name: string | null },
  mayName: readonly Named[],
): Promise<string | undefined> {
  const stay = before.tenantId === null ? undefined : await readStay(tx);
  if (stay === undefined || before.tenantId === null) return readWhyTaken(tx, wanted, false, mayName);
  if (before.tenantId === wanted.tenantId) return readWhyTaken(tx, wanted, true, mayName);
  const own = { tenantId: before.tenantId, name: before.tenantName };
  return (await readWhyTaken(tx, own, true, mayName)) ?? whyKept(before, stay);
}

const hasArrived = (of: string) => `EXISTS (SELECT 1 FROM mapping m WHERE m.organisation_id = ${of})`;
const wasSent = (of: string) => `EXISTS (SELECT 1 FROM export e WHERE e.organisation_id = ${of}
    AND e.state IN ('prepared', 'sending', 'retrying') AND (e.attempts > 0 OR e.unknown))`;

/** What keeps this business where it is: ids mean nothing elsewhere, and what was sent may have arrived. Asks anew once the connection is locked, so that it sees what was written until then. */
async function readStay(tx: Tx): Promise<'arrived' | 'sent' | undefined> {
  const [row] = await tx.sql.query<{ arrived: boolean; sent: boolean }>(
    `SELECT ${hasArrived('$1::uuid')} AS arrived, ${wasSent('$1::uuid')} AS sent`,
    tx.organisation,
  );
  if (row?.arrived) return 'arrived';
  return row?.sent ? 'sent' : undefined;
}

function whyKept({ tenantId, tenantName, tenants }: Locked, stay: 'arrived' | 'sent'): string {
  const before = `the Xero organisation ${tenantName ?? 'connected before'}`;
  const isListed = parseTenants(tenants).some((each) => each.tenantId === tenantId);
  const again = isListed ? 'choose that one again' : 'connect again and allow that one on Xero’s page';
  if (stay === 'arrived') return `The records of this business are in ${before}: ${again}.`;
  return `Records of this business are on their way to ${before}: ${again}, and take another one only if none has arrived when its sync has ended.`;
}

async function readWhyTaken(
  tx: Tx,
  { tenantId, name }: { tenantId: string; name: string | null },
  hasRecords: boolean,
  mayName: readonly Named[],
): Promise<string | undefined> {
  await tx.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', `tenant ${tenantId}`);
  const of = 'c.organisation_id';
  const [other] = await tx.sql.query<{ id: string; connected: boolean }>(
    `SELECT ${of} AS id, c.state = 'connected' AS connected FROM connection c WHERE c.tenant_id = $2 AND ${of} <> $1::uuid
        AND (c.state = 'connected' OR (NOT $3 AND (${hasArrived(of)} OR ${wasSent(of)}))) ORDER BY connected DESC LIMIT 1`,
    tx.organisation,
    tenantId,
    hasRecords,
  );
  if (other === undefined) return undefined;
  const who = mayName.find(({ id }) => id === other.id)?.name ?? 'another organisation of Stockbook';
  const why = other.connected ? `is connected to ${who} already` : `is where records of ${who} went`;
  const instead = hasRecords
    ? 'or come back here once that one is no longer connected'
    : 'or connect another Xero organisation';
  return `The Xero organisation ${name ?? tenantId} ${why}, and two would send the same documents there: work in that one, ${instead}.`;
}
