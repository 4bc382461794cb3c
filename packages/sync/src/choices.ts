// What a person sees of natures and treatments: the answer each has, who gave it, what else could be chosen, and what waits for it.
import { natures as known, treatments as knownTreatments, sameMoney } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import type { Reader } from './entity.ts';
import { type RevenueAccount, readRevenueAccounts } from './nature.ts';
import { type RevenueRate, readRevenueRates } from './treatment.ts';

export interface NatureChoice {
  nature: string;
  label: string;
  account: RevenueAccount | null;
  /** 'proposal', or the person. */
  chosenBy: string;
  candidates: RevenueAccount[];
  /** Records that wait for an answer. */
  held: number;
}

export interface TreatmentChoice {
  treatment: string;
  label: string;
  /** Percent. */
  rate: string;
  tax: RevenueRate | null;
  chosenBy: string;
  candidates: RevenueRate[];
  held: number;
}

/** In the order of the template, then by name. */
export async function readNatures(db: Db, organisation: string): Promise<NatureChoice[]> {
  const candidates = await readRevenueAccounts(db.sql, organisation);
  const rows = await db.prisma.nature.findMany({
    where: { organisationId: organisation },
    orderBy: { nature: 'asc' },
  });
  const natures = rows.map((row) => ({
    nature: row.nature,
    label: known.find(({ nature }) => nature === row.nature)?.label ?? row.nature,
    account: candidates.find(({ id }) => id === row.accountId) ?? null,
    chosenBy: row.chosenBy,
    candidates,
  }));
  const open = natures.flatMap(({ nature, account }) => (account === null ? [nature] : []));
  const held = await readHeld(db.sql, organisation, 'nature', open);
  const order = (nature: string) => known.findIndex((each) => each.nature === nature) + 1 || known.length + 1;
  return natures
    .map((each) => ({ ...each, held: held.get(each.nature) ?? 0 }))
    .sort((a, b) => order(a.nature) - order(b.nature));
}

export async function readTreatments(db: Db, organisation: string): Promise<TreatmentChoice[]> {
  const rates = await readRevenueRates(db.sql, organisation);
  const rows = await db.prisma.treatment.findMany({
    where: { organisationId: organisation },
    orderBy: { treatment: 'asc' },
  });
  const treatments = rows.map((row) => {
    const candidates = rates.filter(({ rate }) => sameMoney(rate, row.rate));
    return {
      treatment: row.treatment,
      label: knownTreatments.find(({ treatment }) => treatment === row.treatment)?.label ?? row.treatment,
      rate: row.rate.toFixed(),
      tax: candidates.find(({ taxType }) => taxType === row.taxType) ?? null,
      chosenBy: row.chosenBy,
      candidates,
    };
  });
  const open = treatments.flatMap(({ treatment, tax }) => (tax === null ? [treatment] : []));
  const held = await readHeld(db.sql, organisation, 'treatment', open);
  return treatments.map((each) => ({ ...each, held: held.get(each.treatment) ?? 0 }));
}

/** How many held records have lines of each of `open`; usually none is open and nothing is read. */
async function readHeld(
  reader: Reader,
  organisation: string,
  column: 'nature' | 'treatment',
  open: readonly string[],
): Promise<Map<string, number>> {
  if (open.length === 0) return new Map();
  const rows = await reader.query<{ name: string; held: number }>(
    `SELECT l.name, count(DISTINCT l.document_id)::int AS held FROM change c
       JOIN (SELECT organisation_id, document_id, ${column} AS name FROM invoice_line
             UNION ALL SELECT organisation_id, document_id, ${column} FROM credit_note_line) l
         ON l.organisation_id = c.organisation_id AND l.document_id = c.record_id
      WHERE c.organisation_id = $1::uuid AND c.state = 'pending' AND c.held = 'account' AND l.name = ANY($2::text[])
      GROUP BY l.name`,
    organisation,
    [...open],
  );
  return new Map(rows.map(({ name, held }) => [name, held]));
}
