// Which account each revenue nature goes to: proposed from the chart of accounts, until a person chooses (ARCHITECTURE.md 3, 'held').
import { natures, revenueTypes } from '@stockbook/core';
import type { ModelTx } from '@stockbook/db';
import type { Reader } from './entity.ts';

export interface RevenueAccount {
  id: string;
  code: string;
  name: string;
  type: string;
}

/** The active accounts that revenue may go to, by code: output rates are refused on others (ACCOUNTING.md N21). */
export async function readRevenueAccounts(reader: Reader, organisation: string): Promise<RevenueAccount[]> {
  return reader.query<RevenueAccount>(
    `SELECT id, code, name, type FROM ledger_account
      WHERE organisation_id = $1::uuid AND status = 'ACTIVE' AND code IS NOT NULL AND type = ANY($2::text[]) ORDER BY code`,
    organisation,
    [...revenueTypes],
  );
}

/** The account of its code, else of its name, else the sales account: code 200, else the first of type SALES or REVENUE. */
function proposeAccount(nature: string, accounts: readonly RevenueAccount[]): RevenueAccount | undefined {
  const known = natures.find((each) => each.nature === nature);
  return (
    accounts.find(({ code }) => code === known?.code) ??
    accounts.find(({ name }) => name.toLowerCase() === known?.name.toLowerCase()) ??
    accounts.find(({ code }) => code === '200') ??
    accounts.find(({ type }) => type === 'SALES' || type === 'REVENUE')
  );
}

interface NatureRow {
  nature: string;
  chosenBy: string;
  /** Whether its account is still one that revenue may go to. */
  good: boolean;
}

/** Proposes and stores an account for each of `brought` that has none; a person's choice is never replaced. True when something became settled. */
export async function settleNatures(tx: ModelTx, brought: readonly string[]): Promise<boolean> {
  const rows = await tx.sql.query<NatureRow>(
    `SELECT n.nature, n.chosen_by AS "chosenBy", a.id IS NOT NULL AS good
       FROM nature n LEFT JOIN ledger_account a ON a.organisation_id = n.organisation_id AND a.id = n.account_id AND a.status = 'ACTIVE'
      WHERE n.organisation_id = $1::uuid AND n.nature = ANY($2::text[])`,
    tx.organisation,
    [...brought],
  );
  const known = new Map(rows.map((row) => [row.nature, row]));
  const open = [...new Set(brought)].filter((nature) => {
    const row = known.get(nature);
    return row === undefined || (!row.good && row.chosenBy === 'proposal');
  });
  if (open.length === 0) return false;
  const accounts = await readRevenueAccounts(tx.sql, tx.organisation);
  if (accounts.length === 0 && !(await hasChart(tx))) return false;
  const proposals = open.map((nature) => ({ nature, account: proposeAccount(nature, accounts)?.id ?? null }));
  await tx.sql.execute(
    `INSERT INTO nature (organisation_id, nature, account_id, chosen_by)
     SELECT $1::uuid, x.nature, x.account, 'proposal' FROM json_to_recordset($2::json) AS x(nature text, account uuid)
     ON CONFLICT (organisation_id, nature) DO UPDATE SET account_id = excluded.account_id WHERE nature.chosen_by = 'proposal'`,
    tx.organisation,
    JSON.stringify(proposals),
  );
  tx.topics.set('connection', undefined);
  return proposals.some(({ account }) => account !== null);
}

/** Before anything was read from Xero there is nothing to propose from, and nobody to ask. */
async function hasChart(tx: ModelTx): Promise<boolean> {
  const account = await tx.prisma.ledgerAccount.findFirst({
    where: { organisationId: tx.organisation },
    select: { id: true },
  });
  return account !== null;
}
