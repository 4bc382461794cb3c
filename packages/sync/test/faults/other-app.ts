// Another app at the same Xero organisation, by which a person changes documents, accounts and tax rates; Stockbook itself is not allowed to.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { connect } from '../world.ts';
import { openGround } from './batch.ts';
import type { Ground } from './kill-points.ts';
import type { Joined, Stage } from './stage.ts';

/** Posts to an address below /api.xro/2.0; what is refused is thrown in Xero's words. */
export type OtherApp = (address: string, body: object) => Promise<unknown>;

const scope = 'accounting.settings accounting.invoices';

/** A stage with tax rates of the organisation's own, of 20 and of 0 %, which Stockbook read when it was connected; TAX001 and TAX002 in Xero. */
export async function openGroundWithRates(): Promise<{ ground: Ground; app: OtherApp }> {
  const ground = await openGround();
  const { stage, joined } = ground;
  const app = await connectOtherApp(stage, joined);
  await setTaxRate(app, 'Own standard', 20);
  await setTaxRate(app, 'Own nil', 0);
  // Xero's rates are read when a person connects.
  await connect(stage.db, joined.organisation, stage.oauth, joined.tenantId);
  return { ground, app };
}

async function connectOtherApp(
  { client, sandbox }: Pick<Stage, 'client' | 'sandbox'>,
  { tenantId }: Joined,
): Promise<OtherApp> {
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
export function setTaxRate(
  app: OtherApp,
  name: string,
  percent: number,
  status = 'ACTIVE',
): Promise<unknown> {
  const TaxComponents = [{ Name: 'VAT', Rate: percent }];
  return app('/TaxRates', {
    TaxRates: [{ Name: name, ReportTaxType: 'OUTPUT', Status: status, TaxComponents }],
  });
}
