// Sales invoices in Xero: found again by their number, which Xero keeps unique.
import { freeze, thaw } from '@stockbook/xero';
import type { Remote } from '../../entity.ts';

export const remote: Remote = {
  send: (api, call) => api.send({ resource: 'Invoices', ...call }),
  find: (api, wires) =>
    api.find({ resource: 'Invoices', by: 'number', values: wires.map((wire) => remote.keyOf(wire)) }),
  freeze: (wires) => freeze('Invoices', wires),
  thaw: (body) => thaw('Invoices', body),
  keyOf: (wire) => ('InvoiceNumber' in wire ? wire.InvoiceNumber : ''),
  keyOfElement: (element) => element.number ?? undefined,
  withId: (wire, xeroId) => ({ ...wire, InvoiceID: xeroId }),
};
