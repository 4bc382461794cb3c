// Sales invoices in Xero: found again by their number, which Xero keeps unique among them; a bill may bear the same (XERO.md 7.2).
import { fieldsOf, freeze, thaw } from '@stockbook/xero';
import type { Remote } from '../../entity.ts';
import { withLineIds } from '../../line-ids.ts';

export const remote: Remote = {
  send: (api, call) => api.send({ resource: 'Invoices', ...call }),
  find: (api, wires) =>
    api.find({ resource: 'Invoices', by: 'number', values: wires.map((wire) => remote.keyOf(wire)) }),
  freeze: (wires) => freeze('Invoices', wires),
  thaw: (body) => thaw('Invoices', body),
  keyOf: (wire) => ('InvoiceNumber' in wire ? wire.InvoiceNumber : ''),
  keyOfElement: ({ type, number }) => (type === 'ACCPAY' ? undefined : (number ?? undefined)),
  // What is left out stays in Xero: what is empty here is said to be.
  withId: (wire, xeroId, agreed) => ({ Reference: '', ...withLineIds(wire, agreed), InvoiceID: xeroId }),
  current: (api, wires) =>
    api.find({
      resource: 'Invoices',
      by: 'id',
      values: wires.map((wire) => ('InvoiceID' in wire ? (wire.InvoiceID ?? '') : '')),
    }),
  fields: (payload) => fieldsOf('Invoices', payload),
};
