// Contacts in Xero: found again by the number we gave them.
import { fieldsOf, freeze, thaw } from '@stockbook/xero';
import type { Remote } from '../../entity.ts';

export const remote: Remote = {
  send: (api, call) => api.send({ resource: 'Contacts', ...call }),
  find: (api, wires) =>
    api.find({ resource: 'Contacts', by: 'number', values: wires.map((wire) => remote.keyOf(wire)) }),
  freeze: (wires) => freeze('Contacts', wires),
  thaw: (body) => thaw('Contacts', body),
  keyOf: (wire) => ('ContactNumber' in wire ? wire.ContactNumber : ''),
  keyOfElement: (element) => element.number ?? undefined,
  withId: (wire, xeroId) => ({ ...wire, ContactID: xeroId }),
  current: (api, wires) =>
    api.find({
      resource: 'Contacts',
      by: 'id',
      values: wires.map((wire) => ('ContactID' in wire ? (wire.ContactID ?? '') : '')),
    }),
  fields: (payload) => fieldsOf('Contacts', payload),
};
