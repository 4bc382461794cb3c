// Which Xero organisation a business may go on in: the one that its records went to, and none that another business works in.
import type { Tx } from '@stockbook/db';
import { giveUpUnsent } from './give-back.ts';

export interface Locked {
  state: string;
  problem: string | null;
  tenantId: string | null;
  tenantName: string | null;
  connectedAt: Date | null;
}

/** The connection as it stands once whoever writes for a run has ended; nobody begins to until this transaction ends. */
export async function lockConnection(tx: Tx): Promise<Locked | undefined> {
  const [row] = await tx.sql.query<Locked>(
    `SELECT state, problem, tenant_id AS "tenantId", tenant_name AS "tenantName", connected_at AS "connectedAt"
       FROM connection WHERE organisation_id = $1::uuid FOR UPDATE`,
    tx.organisation,
  );
  return row;
}

/**
 * Why the records of this business cannot go on in another Xero organisation than before: their ids mean nothing there, and what was sent
 * may have arrived. Asks anew once the connection is locked, so that it sees what was written until then.
 */
export async function readWhyKept(tx: Tx, tenantName: string | null): Promise<string | undefined> {
  const [row] = await tx.sql.query<{ arrived: boolean; sent: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM mapping WHERE organisation_id = $1::uuid) AS arrived,
            EXISTS (SELECT 1 FROM export WHERE organisation_id = $1::uuid AND state IN ('prepared', 'sending', 'retrying')
              AND (attempts > 0 OR unknown)) AS sent`,
    tx.organisation,
  );
  const before = `the Xero organisation ${tenantName ?? 'connected before'}`;
  if (row?.arrived) return `The records of this business are in ${before}: choose that one again.`;
  if (row?.sent)
    return `Records of this business are on their way to ${before}: choose that one again, and another one only if none has arrived when its sync has ended.`;
  return undefined;
}

/** Takes the organisation from whoever carries a run for the tenant before; what is frozen for that one's accounts and was never sent is frozen anew. */
export async function leaveTenant(tx: Tx): Promise<void> {
  await tx.sql.execute(
    `UPDATE connection SET lease_token = lease_token + 1, lease_until = NULL, lease_owner = NULL, lease_run_id = NULL WHERE organisation_id = $1::uuid`,
    tx.organisation,
  );
  await giveUpUnsent(tx);
}

/** An organisation of Stockbook whose name a person may see. */
export interface Named {
  id: string;
  name: string;
}

/** Why this business cannot work in a Xero organisation that another one works in; nobody else begins to until this transaction ends. */
export async function readWhyTaken(
  tx: Tx,
  tenantId: string,
  tenantName: string | null,
  mayName: readonly Named[],
): Promise<string | undefined> {
  await tx.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', `tenant ${tenantId}`);
  const [other] = await tx.sql.query<{ id: string }>(
    `SELECT organisation_id AS id FROM connection WHERE tenant_id = $2 AND organisation_id <> $1::uuid AND state = 'connected' LIMIT 1`,
    tx.organisation,
    tenantId,
  );
  if (other === undefined) return undefined;
  const name = mayName.find(({ id }) => id === other.id)?.name;
  return `The Xero organisation ${tenantName ?? tenantId} is connected to ${name ?? 'another organisation of Stockbook'} already, and two would send the same documents there: work in that one, or connect another Xero organisation.`;
}
