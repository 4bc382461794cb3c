// Choosing the Xero organisation, and finishing the connection: its lists are read, and accounts and tax types proposed.
import type { Failure } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { createXeroLists } from '@stockbook/xero';
import { type AccountChoice, type Refused, storeAccount, storeTax, type TaxChoice } from './choice.ts';
import { callLimitMs } from './connection.ts';
import type { XeroAccess } from './consent.ts';
import type { Entity } from './entity.ts';
import { releaseAccounts } from './hold.ts';
import { readLists, storeLists } from './lists.ts';
import { settleAll } from './settled.ts';
import {
  type Locked,
  leaveTenant,
  lockConnection,
  type Named,
  parseTenants,
  readWhyNot,
} from './tenant-kept.ts';
import { createTokenSource } from './token.ts';

export type ChosenTenant = { kind: 'chosen'; name: string } | Refused | { kind: 'failed'; failure: Failure };

/** Takes one of the tenants and reads the read-only lists among `entities` (the registry): three reads, then one transaction. A refusal names no organisation but those of `mayName`. The connection is complete with finishConnection. */
export async function chooseTenant(
  db: Db,
  organisation: string,
  actor: string,
  tenantId: string,
  access: Pick<XeroAccess, 'oauth' | 'secret'>,
  entities: readonly Entity[],
  mayName: readonly Named[] = [],
): Promise<ChosenTenant> {
  const row = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  if (row?.state !== 'choosing') return refused(nothingToChoose);
  const tenant = parseTenants(row.tenants).find((each) => each.tenantId === tenantId);
  if (tenant === undefined)
    return refused('That Xero organisation was not among those you gave access to: choose one of the list.');
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
  return db.write(organisation, async (tx): Promise<ChosenTenant> => {
    const before = await lockConnection(tx);
    if (before?.state !== 'choosing') return refused(nothingToChoose);
    const why = await readWhyNot(tx, before, { tenantId, name: theirs.Name }, mayName);
    if (why !== undefined) return refused(why);
    if (before.tenantId !== null && before.tenantId !== tenantId) await leaveTenant(tx);
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
    return { kind: 'chosen', name: theirs.Name };
  });
}

const nothingToChoose = 'There is nothing to choose from: press Connect first.';

export type Finished = { kind: 'connected' } | Refused;

/** Ends the wizard, with what was chosen on its last step; all of it or nothing. A refusal names no organisation but those of `mayName`. */
export async function finishConnection(
  db: Db,
  organisation: string,
  actor: string,
  choices: { accounts: readonly AccountChoice[]; taxes: readonly TaxChoice[] } = { accounts: [], taxes: [] },
  mayName: readonly Named[] = [],
): Promise<Finished> {
  try {
    return await db.write(organisation, async (tx): Promise<Finished> => {
      const row = chosenOf(await lockConnection(tx));
      if (row.kind === 'refused') return row;
      const { tenantId, tenantName, connectedAt } = row;
      const why = await readWhyNot(tx, row, { tenantId, name: tenantName }, mayName);
      if (why !== undefined) return refused(why);
      for (const choice of choices.accounts) throwRefused(await storeAccount(tx, actor, choice));
      for (const choice of choices.taxes) throwRefused(await storeTax(tx, actor, choice));
      await tx.sql.execute(
        `UPDATE connection SET state = 'connected', problem = NULL, tenants = NULL, connected_by = $2, connected_at = stockbook_now()
          WHERE organisation_id = $1::uuid`,
        organisation,
        actor,
      );
      await releaseAccounts(tx);
      const verb = connectedAt === null ? 'Connected' : 'Reconnected';
      tx.events.push({
        kind: 'connection',
        actor,
        text: `${verb} to the Xero organisation ${tenantName ?? tenantId}`,
      });
      tx.topics.set('connection', undefined);
      tx.topics.set('run', undefined);
      return { kind: 'connected' };
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.refused;
    throw error;
  }
}

function chosenOf(row: Locked | undefined): ({ kind: 'ready' } & Locked & { tenantId: string }) | Refused {
  if (row === undefined || row.state === 'none')
    return refused('Nothing is connected yet: press Connect first.');
  if (row.state === 'paused')
    return refused(
      `The connection is paused (${row.problem ?? 'for an unknown reason'}): press Reconnect first.`,
    );
  const { tenantId } = row;
  if (tenantId === null) return refused('No Xero organisation is chosen yet: choose one first.');
  return { kind: 'ready', ...row, tenantId };
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
