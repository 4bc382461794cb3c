// Looks records up in Xero by number, code or id, in as few reads as the address line allows.
import type { Allowance } from '@stockbook/core';
import type { AccountingApi } from 'xero-node';
import type { CallResult, Element, FindCall, XeroOptions } from './api.ts';
import { type Answer, callXero, noAllowance, unitDecimals, unreadable } from './call.ts';
import { parseElements } from './element.ts';
import { type Filter, planReads, type Read } from './lookup.ts';
import type { Resource } from './wire.ts';

/** Answers with everything found, archived, voided and deleted ones included; a failure of any read is the failure of the look. */
export async function find(options: XeroOptions, call: FindCall): Promise<CallResult> {
  const found: Found = { elements: [], texts: [], calls: 0, allowance: noAllowance, status: 200 };
  for (const read of planReads(call)) {
    const failed = await readPages(options, call, read, found);
    if (failed) return failed;
  }
  const { elements, status, allowance, calls, texts } = found;
  return { kind: 'answered', status, elements, allowance, calls, text: texts.join('\n') };
}

interface Found {
  elements: Element[];
  texts: string[];
  calls: number;
  allowance: Allowance;
  status: number;
}

const pageSize = 1000;

/** Reads on while pages come full; items have no pages (XERO.md 5). */
async function readPages(
  options: XeroOptions,
  { resource, gate }: FindCall,
  { filter, wanted }: Read,
  found: Found,
): Promise<(CallResult & { kind: 'failed' }) | undefined> {
  for (let page = 1; ; page += 1) {
    const read = (api: AccountingApi) => readPage(api, options.tenantId, resource, filter, page);
    const answer: Answer = await callXero(options, 'read', read, gate);
    const calls = found.calls + answer.calls;
    if (answer.kind === 'failed') return { ...answer, calls };
    const elements = parseElements(resource, answer.data);
    const { allowance } = answer;
    if (elements === undefined) return { kind: 'failed', ...unreadable(resource, answer), allowance, calls };
    Object.assign(found, { calls, allowance, status: answer.status });
    found.elements.push(...elements.filter(wanted));
    found.texts.push(JSON.stringify(answer.data));
    if (resource === 'Items' || elements.length < pageSize) return undefined;
  }
}

const includeArchived = true;

/** The arguments are positional and differ from method to method (XERO.md 11.2): they are named here, once. */
function readPage(api: AccountingApi, tenantId: string, resource: Resource, filter: Filter, page: number) {
  const { where, ids, numbers } = filter;
  const since = undefined;
  const order = undefined;
  switch (resource) {
    case 'Contacts': {
      const summaryOnly = undefined;
      const searchTerm = undefined;
      return api.getContacts(
        tenantId,
        since,
        where,
        order,
        ids,
        page,
        includeArchived,
        summaryOnly,
        searchTerm,
        pageSize,
      );
    }
    case 'Items':
      return api.getItems(tenantId, since, where, order, unitDecimals);
    case 'Invoices': {
      const contactIds = undefined;
      const statuses = undefined;
      const createdByMyApp = undefined;
      const summaryOnly = undefined;
      return api.getInvoices(
        tenantId,
        since,
        where,
        order,
        ids,
        numbers,
        contactIds,
        statuses,
        page,
        includeArchived,
        createdByMyApp,
        unitDecimals,
        summaryOnly,
        pageSize,
      );
    }
    case 'CreditNotes':
      return api.getCreditNotes(tenantId, since, where, order, page, unitDecimals, pageSize);
  }
}
