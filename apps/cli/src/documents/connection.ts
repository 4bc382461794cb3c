// Connecting: from the consent to the last choice.
import { z } from 'zod';
import { defineDocument, mutationResult, refusalFields } from './document.ts';

const accountChoice = z.object({ code: z.string(), name: z.string() });
const taxChoice = z.object({ type: z.string(), name: z.string() });

const connection = z.object({
  state: z.string(),
  problem: z.nullable(z.string()),
  tenantName: z.nullable(z.string()),
  tenantId: z.nullable(z.string()),
  country: z.nullable(z.string()),
  currency: z.nullable(z.string()),
  connectedAt: z.nullable(z.string()),
  sandbox: z.boolean(),
  unsettled: z.number(),
  tenants: z.array(z.object({ id: z.string(), name: z.string() })),
  natures: z.array(
    z.object({
      nature: z.string(),
      label: z.string(),
      account: z.nullable(accountChoice),
      candidates: z.array(accountChoice),
    }),
  ),
  treatments: z.array(
    z.object({
      treatment: z.string(),
      label: z.string(),
      taxType: z.nullable(taxChoice),
      candidates: z.array(taxChoice),
    }),
  ),
});

export type Connection = z.infer<typeof connection>;

const fields = `state problem tenantName tenantId country currency connectedAt sandbox unsettled tenants { id name }
  natures { nature label account { code name } candidates { code name } }
  treatments { treatment label taxType { type name } candidates { type name } }`;

export const connectionQuery = defineDocument(`query { result: connection { ${fields} } }`, connection);

export const beginConnection = defineDocument(
  `mutation { result: beginConnection(input: {}) { ${refusalFields} ... on BeginConnectionPayload { url state } } }`,
  mutationResult(z.object({ url: z.string(), state: z.string() })),
);

export const exchangeCode = change('exchangeCode', 'ExchangeCodeInput');
export const chooseTenant = change('chooseTenant', 'ChooseTenantInput');
export const finishConnection = change('finishConnection', 'FinishConnectionInput');
export const chooseAccount = change('chooseAccount', 'ChooseAccountInput');
export const chooseTax = change('chooseTax', 'ChooseTaxInput');

/** They all answer the connection as it is then. */
function change(name: string, input: string) {
  return defineDocument(
    `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${refusalFields} ... on Connection { ${fields} } } }`,
    mutationResult(connection),
  );
}
