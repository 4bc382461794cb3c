// Credit notes in Xero: found again by their number, which Xero keeps unique for customers' credit notes; a supplier's may bear the same.
import { fieldsOf, freeze, thaw } from '@stockbook/xero';
import { readCurrent } from '../../current.ts';
import type { Remote } from '../../entity.ts';
import { withLineIds } from '../../line-ids.ts';

export const remote: Remote = {
  send: (api, call) => api.send({ resource: 'CreditNotes', ...call }),
  find: (api, wires) =>
    api.find({ resource: 'CreditNotes', by: 'number', values: wires.map((wire) => remote.keyOf(wire)) }),
  freeze: (wires) => freeze('CreditNotes', wires),
  thaw: (body) => thaw('CreditNotes', body),
  keyOf: (wire) => ('CreditNoteNumber' in wire ? wire.CreditNoteNumber : ''),
  keyOfElement: ({ type, number }) => (type === 'ACCPAYCREDIT' ? undefined : (number ?? undefined)),
  // What is left out stays in Xero: what is empty here is said to be.
  withId: (wire, xeroId, agreed) => ({ Reference: '', ...withLineIds(wire, agreed), CreditNoteID: xeroId }),
  current: (api, wires) =>
    readCurrent(
      api,
      { resource: 'CreditNotes', by: 'number', values: wires.map((wire) => remote.keyOf(wire)) },
      wires.map((wire) => ('CreditNoteID' in wire ? wire.CreditNoteID : undefined)),
    ),
  fields: (payload) => fieldsOf('CreditNotes', payload),
};
