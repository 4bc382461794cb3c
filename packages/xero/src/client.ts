// Xero as the rest of the house sees it, over xero-node's AccountingApi.
import type { AccountingApi } from 'xero-node';
import type { SendCall, SendResult, XeroApi, XeroOptions } from './api.ts';
import { callXero, unitDecimals, unreadable } from './call.ts';
import { parseElements } from './element.ts';
import { find } from './find.ts';
import { hashOf } from './freeze.ts';
import { withText } from './transport.ts';

/** Opens the Accounting API for one tenant; nothing is sent before the first call. */
export function createXeroApi(options: XeroOptions): XeroApi {
  return {
    tenantId: options.tenantId,
    send: (call) => send(options, call),
    find: (call) => find(options, call),
  };
}

async function send(options: XeroOptions, call: SendCall): Promise<SendResult> {
  if (hashOf(call.body) !== call.hash) return { kind: 'changed-text' };
  const work = (api: AccountingApi) => withText(call.body, () => write(api, options.tenantId, call));
  const answer = await callXero(options, 'write', work, call.gate);
  if (answer.kind === 'failed') return answer;
  const { status, data, allowance, calls } = answer;
  const elements = parseElements(call.resource, data);
  if (elements === undefined)
    return { kind: 'failed', ...unreadable(call.resource, answer), allowance, calls };
  // Most answers are clean and their text is never asked for.
  return {
    kind: 'answered',
    status,
    elements,
    allowance,
    calls,
    get text() {
      return JSON.stringify(data);
    },
  };
}

/** False: a verdict for each element instead of one for all (XERO.md 4.2). */
const summarizeErrors = false;

/** The frozen text goes in its place: xero-node's serialiser has nothing to make of it. */
const models = {};

/** PUT creates, POST updates. The arguments are positional and differ from method to method (XERO.md 11.2): they are named here, once. */
function write(api: AccountingApi, tenantId: string, call: SendCall) {
  const { key } = call;
  const isCreate = call.action === 'create';
  switch (call.resource) {
    case 'Contacts':
      return isCreate
        ? api.createContacts(tenantId, models, summarizeErrors, key)
        : api.updateOrCreateContacts(tenantId, models, summarizeErrors, key);
    case 'Items':
      return isCreate
        ? api.createItems(tenantId, models, summarizeErrors, unitDecimals, key)
        : api.updateOrCreateItems(tenantId, models, summarizeErrors, unitDecimals, key);
    case 'Invoices':
      return isCreate
        ? api.createInvoices(tenantId, models, summarizeErrors, unitDecimals, key)
        : api.updateOrCreateInvoices(tenantId, models, summarizeErrors, unitDecimals, key);
    case 'CreditNotes':
      return isCreate
        ? api.createCreditNotes(tenantId, models, summarizeErrors, unitDecimals, key)
        : api.updateOrCreateCreditNotes(tenantId, models, summarizeErrors, unitDecimals, key);
  }
}
