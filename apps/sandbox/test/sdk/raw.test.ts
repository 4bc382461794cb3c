// What only plain HTTP reaches: resources and addresses that xero-node 20.0.0 does not have, and how it may be spoken.
import { describe, expect, it } from 'vitest';
import { messagesOf, useXero } from '../xero.ts';

const xero = useXero();

describe('plain HTTP', () => {
  it('makes, reads, lists, changes and refuses employees, which xero-node has no method for', async () => {
    const { call } = xero();
    const made = await call('PUT', '/Employees', { Employees: [{ FirstName: 'Eve', LastName: 'Elm' }] });
    const id = String(made.json('Employees.0.EmployeeID'));
    expect((await call('POST', `/Employees/${id}`, { Status: 'ARCHIVED' })).status).toBe(200);
    expect((await call('POST', '/Employees', { EmployeeID: id, FirstName: 'Eva' })).status).toBe(200);
    expect((await call('GET', `/Employees/${id}`)).json('Employees.0')).toMatchObject({
      EmployeeID: id,
      FirstName: 'Eva',
      LastName: 'Elm',
      Status: 'ARCHIVED',
    });
    expect((await call('GET', '/Employees')).json('Employees')).toHaveLength(1);
    expect(messagesOf(await call('PUT', '/Employees', { FirstName: 'Eve' }), 'Employees')).toEqual([
      'FirstName and LastName must be specified',
    ]);
    expect((await call('GET', `/Employees/${xero().tenant}`)).status).toBe(404);
  });

  it('does not list the allocations of a credit note, which Xero has no address for (XERO.md 4.1)', async () => {
    const { call } = xero();
    const note = {
      Type: 'ACCRECCREDIT',
      Contact: { Name: 'Ann Archer' },
      Date: '2026-03-02',
      Status: 'AUTHORISED',
      LineItems: [{ Description: 'Lamp', Quantity: 1, UnitAmount: 5, AccountCode: '200' }],
    };
    const made = await call('PUT', '/CreditNotes', note);
    const id = String(made.json('CreditNotes.0.CreditNoteID'));
    expect((await call('GET', `/CreditNotes/${id}/Allocations`)).status).toBe(501);
    expect((await call('GET', `/CreditNotes/${id}`)).json('CreditNotes.0.Allocations')).toEqual([]);
  });

  it('takes a bare object or an envelope, resource names in any case, and dates in every form (XERO.md 4.1, 5)', async () => {
    const { call } = xero();
    const journal = (Narration: string, date: string) => ({
      Narration,
      Date: date,
      JournalLines: [
        { LineAmount: 1, AccountCode: '631' },
        { LineAmount: -1, AccountCode: '330' },
      ],
    });
    const ways = [
      await call('PUT', '/manualjournals', journal('A', '2026-03-02')),
      await call('PUT', '/ManualJournals', { ManualJournals: [journal('B', '/Date(1772409600000+0000)/')] }),
      await call('POST', '/MANUALJOURNALS', journal('C', '2026-03-02T00:00:00')),
    ];
    for (const answer of ways)
      expect(answer.json('ManualJournals.0.Date')).toBe('/Date(1772409600000+0000)/');
  });

  it('gets the dates of a refused element back in the form in which Xero writes them (XERO.md 10.1)', async () => {
    const body = { Type: 'ACCREC', Contact: { Name: 'Ann Archer' }, Date: '2026-03-02', Status: 'PAID' };
    const refused = await xero().call('PUT', '/Invoices', body);
    expect(refused.json('Elements.0')).toMatchObject({ Type: 'ACCREC', Date: '/Date(1772409600000+0000)/' });
  });
});
