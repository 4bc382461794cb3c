// Which tax type each tax treatment is sent with: proposed from the tax rates, until a person chooses (ACCOUNTING.md 5, X23).
import { plain, proposedTaxType, sameMoney } from '@stockbook/core';
import type { ModelTx } from '@stockbook/db';
import type { Reader } from './entity.ts';

/** A treatment as a line has it: with the rate it was reckoned with, in percent. */
export interface Treated {
  treatment: string;
  rate: string;
}

export interface RevenueRate {
  taxType: string;
  name: string;
  rate: string;
}

/** The active rates that may apply to revenue; those Xero reckons by itself are never chosen (ACCOUNTING.md N21). */
export async function readRevenueRates(reader: Reader, organisation: string): Promise<RevenueRate[]> {
  return reader.query<RevenueRate>(
    `SELECT tax_type AS "taxType", name, trim_scale(rate)::text AS rate FROM tax_rate
      WHERE organisation_id = $1::uuid AND status = 'ACTIVE' AND on_revenue AND tax_type NOT IN ('AVALARA', 'USSALESTAX')
      ORDER BY tax_type`,
    organisation,
  );
}

/** The tax type proposed for the country, if it is there and of the line's rate; without a proposal the only one of that rate. */
function proposeTax(
  { treatment, rate }: Treated,
  country: string,
  rates: readonly RevenueRate[],
): RevenueRate | undefined {
  const ofRate = rates.filter((each) => sameMoney(each.rate, rate));
  const proposed = proposedTaxType(treatment, country);
  if (proposed !== undefined) return ofRate.find(({ taxType }) => taxType === proposed);
  return ofRate.length === 1 ? ofRate[0] : undefined;
}

interface TreatmentRow {
  treatment: string;
  rate: string;
  chosenBy: string;
  /** Whether its tax type is still active, of its rate and for revenue. */
  good: boolean;
}

/** Proposes and stores a tax type for each of `brought` that has none; a person's choice is never replaced. True when something became settled. */
export async function settleTreatments(tx: ModelTx, brought: readonly Treated[]): Promise<boolean> {
  const wanted = [...new Map(brought.map((each) => [each.treatment, each])).values()];
  const rows = await tx.sql.query<TreatmentRow>(
    `SELECT t.treatment, t.rate::text, t.chosen_by AS "chosenBy", r.id IS NOT NULL AS good
       FROM treatment t LEFT JOIN tax_rate r ON r.organisation_id = t.organisation_id AND r.tax_type = t.tax_type
            AND r.status = 'ACTIVE' AND r.on_revenue AND r.rate = t.rate
      WHERE t.organisation_id = $1::uuid AND t.treatment = ANY($2::text[])`,
    tx.organisation,
    wanted.map(({ treatment }) => treatment),
  );
  const known = new Map(rows.map((row) => [row.treatment, row]));
  const open = wanted.filter(({ treatment }) => {
    const row = known.get(treatment);
    return row === undefined || (!row.good && row.chosenBy === 'proposal');
  });
  if (open.length === 0) return false;
  const country = await readCountry(tx);
  if (country === undefined) return false;
  const rates = await readRevenueRates(tx.sql, tx.organisation);
  const proposals = open.map((each) => ({
    ...each,
    taxType: proposeTax(each, country, rates)?.taxType ?? null,
  }));
  await tx.sql.execute(
    `INSERT INTO treatment (organisation_id, treatment, rate, tax_type, chosen_by)
     SELECT $1::uuid, x.treatment, x.rate, x."taxType", 'proposal'
       FROM json_to_recordset($2::json) AS x(treatment text, rate numeric, "taxType" text)
     ON CONFLICT (organisation_id, treatment) DO UPDATE SET rate = excluded.rate, tax_type = excluded.tax_type
       WHERE treatment.chosen_by = 'proposal'`,
    tx.organisation,
    JSON.stringify(proposals),
  );
  tx.topics.set('connection', undefined);
  return proposals.some(({ taxType }) => taxType !== null);
}

/** Before the rates were read there is nothing to propose from. */
async function readCountry(tx: ModelTx): Promise<string | undefined> {
  const rate = await tx.prisma.taxRate.findFirst({
    where: { organisationId: tx.organisation },
    select: { id: true },
  });
  if (rate === null) return undefined;
  const connection = await tx.prisma.connection.findUnique({ where: { organisationId: tx.organisation } });
  return connection?.country ?? '';
}

/** The rate that lines of a treatment will have before there are any: that of the proposal; undefined where only lines can tell. */
export function expectedRate(
  treatment: string,
  country: string,
  rates: readonly RevenueRate[],
): string | undefined {
  const proposed = proposedTaxType(treatment, country);
  const rate = rates.find(({ taxType }) => taxType === proposed)?.rate;
  return rate === undefined ? undefined : plain(rate);
}
