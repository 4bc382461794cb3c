// Choosing the Xero organisation, and finishing the connection: its lists are read, and accounts and tax types proposed.
import type { Failure } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { createXeroLists, type Tenant } from '@stockbook/xero';
import { z } from 'zod';
import { type AccountChoice, type Refused, storeAccount, storeTax, type TaxChoice } from './choice.ts';
import { callLimitMs } from './connection.ts';
import type { XeroAccess } from './consent.ts';
import type { Entity } from './entity.ts';
import { releaseAccounts } from './hold.ts';
import { readLists, storeLists } from './lists.ts';
import { settleAll } from './settled.ts';
import { createTokenSource } from './token.ts';

/** The tenants a person may choose from, between consent and choice. */
export function parseTenants(text: string | null): Tenant[] {
  return text === null ? [] : tenantsForm.parse(JSON.parse(text));
}

const tenantsForm = z.array(z.object({ connectionId: z.string(), tenantId: z.string(), name: z.string() }));

export type ChosenTenant = { kind: 'chosen'; name: string } | Refused | { kind: 'failed'; failure: Failure };

/** Takes one of the tenants and reads the read-only lists among `entities` (the registry): three reads, then one transaction. The connection is complete with finishConnection. */
export async function chooseTenant(
  db: Db,
  organisation: string,
  actor: string,
  tenantId: string,
  access: Pick<XeroAccess, 'oauth' | 'secret'>,
  entities: readonly Entity[],
): Promise<ChosenTenant> {
  const row = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  if (row?.state !== 'choosing') return refused('There is nothing to choose from: press Connect first.');
  const tenant = parseTenants(row.tenants).find((each) => each.tenantId === tenantId);
  if (tenant === undefined)
    return refused('That Xero organisation was not among those you gave access to: choose one of the list.');
  const other = await readOtherTenant(db, organisation, tenantId);
  if (other !== undefined) return refused(other);
  const { token } = createTokenSource(db, organisation, access);
  const api = createXeroLists({
    apiUrl: access.oauth.apiUrl,
    tenantId,
    accessToken: token,
    timeoutMs: callLimitMs,
  });
  const read = await api.organisation();
  if (read.kind === 'failed') return read;
  const lists = await readLists(entities, api);
  if (lists.kind === 'failed') return lists;
  const theirs = read.value;
  await db.write(organisation, async (tx) => {
    await tx.prisma.connection.update({
      where: { organisationId: organisation },
      data: {
        tenantId,
        tenantName: theirs.Name,
        connectionId: tenant.connectionId,
        country: theirs.CountryCode,
        currency: theirs.BaseCurrency,
        timeZone: theirs.Timezone,
        problem: null,
      },
    });
    await storeLists(tx, lists.lists);
    await settleAll(tx, theirs.CountryCode ?? '');
    tx.events.push({
      kind: 'connection',
      actor,
      text: `Chose the Xero organisation ${theirs.Name}; its accounts and tax rates were read`,
    });
    tx.topics.set('connection', undefined);
  });
  return { kind: 'chosen', name: theirs.Name };
}

/** Records that are in one Xero organisation cannot go on in another: their ids mean nothing there. */
async function readOtherTenant(db: Db, organisation: string, tenantId: string): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ name: string | null }>(
    `SELECT tenant_name AS name FROM connection c
      WHERE organisation_id = $1 AND tenant_id IS NOT NULL AND tenant_id <> $2
        AND EXISTS (SELECT 1 FROM mapping m WHERE m.organisation_id = c.organisation_id)`,
    [organisation, tenantId],
  );
  const [row] = rows;
  return (
    row &&
    `The records of this business are in the Xero organisation ${row.name ?? 'connected before'}: choose that one again.`
  );
}

export type Finished = { kind: 'connected' } | Refused;

/** Ends the wizard, with what was chosen on its last step; all of it or nothing. */
export async function finishConnection(
  db: Db,
  organisation: string,
  actor: string,
  choices: { accounts: readonly AccountChoice[]; taxes: readonly TaxChoice[] } = { accounts: [], taxes: [] },
): Promise<Finished> {
  const row = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  if (row === null || row.state === 'none') return refused('Nothing is connected yet: press Connect first.');
  if (row.state === 'paused')
    return refused(
      `The connection is paused (${row.problem ?? 'for an unknown reason'}): press Reconnect first.`,
    );
  if (row.tenantId === null) return refused('No Xero organisation is chosen yet: choose one first.');
  try {
    await db.write(organisation, async (tx) => {
      for (const choice of choices.accounts) throwRefused(await storeAccount(tx, actor, choice));
      for (const choice of choices.taxes) throwRefused(await storeTax(tx, actor, choice));
      await tx.sql.execute(
        `UPDATE connection SET state = 'connected', problem = NULL, tenants = NULL, connected_by = $2, connected_at = stockbook_now()
          WHERE organisation_id = $1::uuid`,
        organisation,
        actor,
      );
      await releaseAccounts(tx);
      const verb = row.connectedAt === null ? 'Connected' : 'Reconnected';
      tx.events.push({
        kind: 'connection',
        actor,
        text: `${verb} to the Xero organisation ${row.tenantName ?? row.tenantId}`,
      });
      tx.topics.set('connection', undefined);
      tx.topics.set('run', undefined);
    });
    return { kind: 'connected' };
  } catch (error) {
    if (error instanceof RolledBack) return error.refused;
    throw error;
  }
}

/** A refusal inside a transaction, which takes back what the earlier choices wrote. */
class RolledBack extends Error {
  readonly refused: Refused;
  constructor(refusal: Refused) {
    super(refusal.message);
    this.refused = refusal;
  }
}

function throwRefused(result: { kind: 'chosen' } | Refused): void {
  if (result.kind === 'refused') throw new RolledBack(result);
}

function refused(message: string): Refused {
  return { kind: 'refused', message };
}
