// What natures and treatments are sent with: read for the engine, and settled for whatever the inventory brings.
import { natures, sameMoney, treatments } from '@stockbook/core';
import type { ModelTx } from '@stockbook/db';
import type { Reader } from './entity.ts';
import { releaseAccounts } from './hold.ts';
import { settleNatures } from './nature.ts';
import { expectedRate, readRevenueRates, settleTreatments, type Treated } from './treatment.ts';

export interface Settled {
  accountCode(nature: string): string | undefined;
  /** With the line's rate: undefined too when the tax type has another one. */
  taxType(treatment: string, rate?: string): string | undefined;
}

/** Only accounts and rates that are still active, and for revenue, count as settled. */
export async function readSettled(reader: Reader, organisation: string): Promise<Settled> {
  const chosen = await reader.query<{ name: string; code: string; rate: string | null }>(
    `SELECT n.nature AS name, a.code, NULL AS rate FROM nature n
       JOIN ledger_account a ON a.organisation_id = n.organisation_id AND a.id = n.account_id
      WHERE n.organisation_id = $1::uuid AND a.status = 'ACTIVE' AND a.code IS NOT NULL
     UNION ALL
     SELECT t.treatment, t.tax_type, t.rate::text FROM treatment t
       JOIN tax_rate r ON r.organisation_id = t.organisation_id AND r.tax_type = t.tax_type
      WHERE t.organisation_id = $1::uuid AND r.status = 'ACTIVE' AND r.on_revenue AND r.rate = t.rate`,
    organisation,
  );
  const codes = new Map<string, string>();
  const types = new Map<string, { code: string; rate: string }>();
  for (const { name, code, rate } of chosen)
    if (rate === null) codes.set(name, code);
    else types.set(name, { code, rate });
  return {
    accountCode: (nature) => codes.get(nature),
    taxType: (treatment, rate) => {
      const tax = types.get(treatment);
      return tax === undefined || (rate !== undefined && !sameMoney(tax.rate, rate)) ? undefined : tax.code;
    },
  };
}

/** Settles what lines bring that is not settled; what was held for it is released. */
export async function settleLines(
  tx: ModelTx,
  lines: readonly { nature: string; treatment: string; taxRate: string }[],
): Promise<void> {
  const byNature = await settleNatures(tx, [...new Set(lines.map(({ nature }) => nature))]);
  const byTreatment = await settleTreatments(
    tx,
    lines.map(({ treatment, taxRate }) => ({ treatment, rate: taxRate })),
  );
  if (byNature || byTreatment) await releaseAccounts(tx);
}

/** Settles all there is: the template's natures and treatments, and whatever the inventory already holds. */
export async function settleAll(tx: ModelTx, country: string): Promise<void> {
  const seen = await tx.sql.query<{ nature: string; treatment: string; taxRate: string }>(
    `SELECT DISTINCT nature, treatment, trim_scale(tax_rate)::text AS "taxRate" FROM invoice_line WHERE organisation_id = $1::uuid
     UNION SELECT nature, treatment, trim_scale(tax_rate)::text FROM credit_note_line WHERE organisation_id = $1::uuid`,
    tx.organisation,
  );
  const rates = await readRevenueRates(tx.sql, tx.organisation);
  const expected = treatments.flatMap(({ treatment }): Treated[] => {
    const rate = expectedRate(treatment, country, rates);
    return rate === undefined ? [] : [{ treatment, rate }];
  });
  // Of two entries of one treatment the later counts: what lines say goes before what is expected.
  await settleTreatments(tx, [
    ...expected,
    ...seen.map(({ treatment, taxRate }) => ({ treatment, rate: taxRate })),
  ]);
  await settleNatures(tx, [...natures.map(({ nature }) => nature), ...seen.map(({ nature }) => nature)]);
  await releaseAccounts(tx);
}
