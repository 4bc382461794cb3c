// A person's hand in Xero: changes documents, accounts and tax rates there, which Stockbook itself is not allowed to.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Joined, Stage } from './stage.ts';

/** Posts to an address below /api.xro/2.0; what is refused is thrown in Xero's words. */
export type Hand = (address: string, body: object) => Promise<unknown>;

const scope = 'accounting.settings accounting.invoices';

/** By an app of its own, since what is let in is let in by app. */
export async function openHand(
  { client, sandbox }: Pick<Stage, 'client' | 'sandbox'>,
  { tenantId }: Joined,
): Promise<Hand> {
  const [id, secret] = [randomUUID(), randomUUID()];
  await client.setApp({ id, secret, kind: 'custom', tenant: tenantId, isCertified: true });
  return async (address, body) => {
    // Stepped time outlives any token.
    const given = await fetch(`${sandbox.url}/connect/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    const { access_token } = z.object({ access_token: z.string() }).parse(await given.json());
    const answer = await fetch(`${sandbox.url}/api.xro/2.0${address}`, {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${access_token}`, 'xero-tenant-id': tenantId },
        ...{ 'Content-Type': 'application/json', Accept: 'application/json' },
      },
      body: JSON.stringify(body),
    });
    if (answer.ok) return answer.json();
    throw new Error(`Xero refused ${address} with ${answer.status}: ${await answer.text()}`);
  };
}

/** Makes a tax rate of the organisation's own, or changes its percentage; the first one is TAX001, the next TAX002. */
export function setTaxRate(hand: Hand, name: string, percent: number, status = 'ACTIVE'): Promise<unknown> {
  const TaxComponents = [{ Name: 'VAT', Rate: percent }];
  return hand('/TaxRates', {
    TaxRates: [{ Name: name, ReportTaxType: 'OUTPUT', Status: status, TaxComponents }],
  });
}
