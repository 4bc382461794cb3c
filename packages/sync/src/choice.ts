// A person's choice of the account for a nature or the tax type for a treatment; what was held for it goes by itself.
import { natures, revenueTypes, sameMoney, treatments } from '@stockbook/core';
import type { Db, ModelTx } from '@stockbook/db';
import { releaseAccounts } from './hold.ts';
import { readRevenueRates } from './treatment.ts';

export interface AccountChoice {
  nature: string;
  code: string;
}

export interface TaxChoice {
  treatment: string;
  type: string;
}

export interface Refused {
  kind: 'refused';
  message: string;
  field?: string;
}

export type Chosen = { kind: 'chosen' } | Refused;

export function chooseAccount(
  db: Db,
  organisation: string,
  actor: string,
  choice: AccountChoice,
): Promise<Chosen> {
  return db.write(organisation, async (tx) => released(tx, await storeAccount(tx, actor, choice)));
}

export function chooseTax(db: Db, organisation: string, actor: string, choice: TaxChoice): Promise<Chosen> {
  return db.write(organisation, async (tx) => released(tx, await storeTax(tx, actor, choice)));
}

async function released(tx: ModelTx, chosen: Chosen): Promise<Chosen> {
  if (chosen.kind === 'chosen') await releaseAccounts(tx);
  return chosen;
}

/** Checks and stores the choice; a refusal has written nothing. */
export async function storeAccount(
  tx: ModelTx,
  actor: string,
  { nature, code }: AccountChoice,
): Promise<Chosen> {
  const label = await labelOf(tx, 'nature', nature);
  if (label === undefined)
    return refused(
      'nature',
      `There is no nature '${nature}': take one of ${natures.map((each) => each.nature).join(', ')}.`,
    );
  const found = await tx.prisma.ledgerAccount.findMany({ where: { organisationId: tx.organisation, code } });
  const account = found.find(({ status }) => status === 'ACTIVE');
  if (account === undefined)
    return refused(
      'code',
      `The chart of accounts has no active account ${code}: choose another, or restore it in Xero.`,
    );
  if (!revenueTypes.includes(account.type)) {
    return refused(
      'code',
      `Account ${code} (${account.name}) is of type ${account.type}: choose one of type ${revenueTypes.join(', ')}.`,
    );
  }
  const row = { accountId: account.id, chosenBy: actor };
  await tx.prisma.nature.upsert({
    where: { organisationId_nature: { organisationId: tx.organisation, nature } },
    create: { organisationId: tx.organisation, nature, ...row },
    update: row,
  });
  tx.events.push({ kind: 'connection', actor, text: `Chose account ${code} (${account.name}) for ${label}` });
  tx.topics.set('connection', undefined);
  return { kind: 'chosen' };
}

/** As storeAccount; the rate must be the one that the lines of the treatment were reckoned with. */
export async function storeTax(tx: ModelTx, actor: string, { treatment, type }: TaxChoice): Promise<Chosen> {
  const label = await labelOf(tx, 'treatment', treatment);
  if (label === undefined) {
    return refused(
      'treatment',
      `There is no tax treatment '${treatment}': take one of ${treatments.map((each) => each.treatment).join(', ')}.`,
    );
  }
  const rates = await readRevenueRates(tx.sql, tx.organisation);
  const rate = rates.find(({ taxType }) => taxType === type);
  if (rate === undefined)
    return refused('type', `There is no active tax rate ${type} that may apply to revenue: choose another.`);
  const where = { organisationId_treatment: { organisationId: tx.organisation, treatment } };
  const row = await tx.prisma.treatment.findUnique({ where });
  const lineRate = row?.rate.toString() ?? rate.rate;
  if (!sameMoney(lineRate, rate.rate)) {
    return refused(
      'type',
      `The lines of ${label} were reckoned with ${lineRate} %, ${type} (${rate.name}) has ${rate.rate} %: choose a rate of ${lineRate} %.`,
    );
  }
  const chosen = { taxType: type, chosenBy: actor };
  await tx.prisma.treatment.upsert({
    where,
    create: { organisationId: tx.organisation, treatment, rate: lineRate, ...chosen },
    update: chosen,
  });
  tx.events.push({ kind: 'connection', actor, text: `Chose tax type ${type} (${rate.name}) for ${label}` });
  tx.topics.set('connection', undefined);
  return { kind: 'chosen' };
}

/** What people call it: of the template, or seen in the inventory. */
async function labelOf(tx: ModelTx, kind: 'nature' | 'treatment', name: string): Promise<string | undefined> {
  const { organisation: organisationId } = tx;
  if (kind === 'nature') {
    const seen = await tx.prisma.nature.findUnique({
      where: { organisationId_nature: { organisationId, nature: name } },
    });
    return natures.find(({ nature }) => nature === name)?.label ?? seen?.nature;
  }
  const seen = await tx.prisma.treatment.findUnique({
    where: { organisationId_treatment: { organisationId, treatment: name } },
  });
  return treatments.find(({ treatment }) => treatment === name)?.label ?? seen?.treatment;
}

function refused(field: string, message: string): Refused {
  return { kind: 'refused', field, message };
}
