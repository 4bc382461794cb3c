// Items in Xero: found again by their code.
import { fieldsOf, freeze, thaw } from '@stockbook/xero';
import { readCurrent } from '../../current.ts';
import type { Remote } from '../../entity.ts';

export const remote: Remote = {
  send: (api, call) => api.send({ resource: 'Items', ...call }),
  find: (api, wires) =>
    api.find({ resource: 'Items', by: 'code', values: wires.map((wire) => remote.keyOf(wire)) }),
  freeze: (wires) => freeze('Items', wires),
  thaw: (body) => thaw('Items', body),
  keyOf: (wire) => ('Code' in wire ? wire.Code : ''),
  keyOfElement: (element) => element.code ?? undefined,
  // What is left out stays in Xero: what is empty here is said to be.
  withId: (wire, xeroId) => ({ Description: '', ...wire, ItemID: xeroId }),
  current: (api, wires) =>
    readCurrent(
      api,
      { resource: 'Items', by: 'code', values: wires.map((wire) => remote.keyOf(wire)) },
      wires.map((wire) => ('ItemID' in wire ? wire.ItemID : undefined)),
    ),
  fields: (payload) => fieldsOf('Items', payload),
};
