// The unmodified xero-node 20.0.0, with another base address, walks every method of the resources the sandbox has.
import { beforeAll, describe, expect, it } from 'vitest';
import { AccountingApi } from 'xero-node';
import { createSandbox } from '../../src/index.ts';
import { connect, useXero } from '../xero.ts';
import { walkJournals, walkManualJournals, walkReports } from './book-steps.ts';
import {
  walkCreditNotes,
  walkEmail,
  walkInvoices,
  walkPurchaseOrders,
  walkQuotes,
} from './document-steps.ts';
import { droppedByModels } from './dropped.ts';
import { walkFiles } from './file-steps.ts';
import {
  walkBankTransactions,
  walkBankTransfers,
  walkBatches,
  walkCredits,
  walkPayments,
  walkReceipts,
  walkRepeatingInvoices,
} from './money-steps.ts';
import { otherMethods } from './other-methods.ts';
import { walkContactGroups, walkContacts, walkItems } from './party-steps.ts';
import { replay } from './replay.ts';
import {
  walkAccounts,
  walkCurrencies,
  walkOrganisation,
  walkTaxRates,
  walkTracking,
} from './settings-steps.ts';
import { startWalk, type Walk } from './walk.ts';

// The clock moves by steps alone, so that the walk can be made again at the same instants.
const clock = { realMs: 0, simulatedMs: Date.UTC(2026, 2, 10, 9), scale: 0 };
const xero = useXero({ limits: 'off', clock });
let walk: Walk | undefined;
beforeAll(() => {
  walk = startWalk(xero());
});
const start = (): Walk => walk ?? startWalk(xero());

describe('xero-node', () => {
  it('reads the organisation and what may be done in it', () => walkOrganisation(start()));
  it('makes, reads, lists, changes, refuses and deletes accounts', () => walkAccounts(start()));
  it('makes, reads, lists, changes and refuses tax rates', () => walkTaxRates(start()));
  it('adds, lists and refuses currencies', () => walkCurrencies(start()));
  it('makes, reads, lists, changes, refuses and deletes tracking categories and options', () =>
    walkTracking(start()));
  it('makes, reads, lists, changes, archives and refuses contacts', () => walkContacts(start()));
  it('makes, reads, lists, changes, fills, empties and refuses contact groups', () =>
    walkContactGroups(start()));
  it('makes, reads, lists, changes, refuses and deletes items', () => walkItems(start()));
  it('makes, reads, lists, changes, approves, voids and refuses invoices', () => walkInvoices(start()));
  it('sends an invoice, and refuses one that is void', () => walkEmail(start()));
  it('makes, reads, lists, changes, allocates, takes back and refuses credit notes', () =>
    walkCreditNotes(start()));
  it('makes, reads, lists, changes and refuses purchase orders', () => walkPurchaseOrders(start()));
  it('makes, reads, lists, changes and refuses quotes', () => walkQuotes(start()));
  it('makes, reads, lists, deletes and refuses payments', () => walkPayments(start()));
  it('makes, reads, lists, deletes and refuses batches of payments', () => walkBatches(start()));
  it('makes, reads, lists, changes and refuses bank transactions', () => walkBankTransactions(start()));
  it('makes, reads, lists, deletes and refuses transfers between bank accounts', () =>
    walkBankTransfers(start()));
  it('makes, reads, lists, changes and refuses receipts', () => walkReceipts(start()));
  it('makes, reads, lists, deletes and refuses repeating invoices', () => walkRepeatingInvoices(start()));
  it.each(['Overpayment', 'Prepayment'] as const)('reads, lists, allocates and takes back a %s', (name) =>
    walkCredits(start(), name),
  );
  it('makes, reads, lists, changes, posts and refuses manual journals', () => walkManualJournals(start()));
  it('reads the journals of the ledger, by id, by number and from an offset', () => walkJournals(start()));
  it('reads the reports', () => walkReports(start()));
  walkFiles(start);

  it('has no method of these resources that was not walked', () => {
    const methods = Object.getOwnPropertyNames(AccountingApi.prototype).filter((name) =>
      /^(get|create|update|delete|email|post)/.test(name),
    );
    const left = methods.filter((name) => !start().walked.has(name));
    const unexplained = left.filter((name) => !otherMethods.some(({ names }) => names.test(name)));
    expect(unexplained).toEqual([]);
    expect(methods.length - left.length).toBeGreaterThan(150);
  });

  it('is given no exception for a method that is walked', () => {
    const both = [...start().walked].filter((name) => otherMethods.some(({ names }) => names.test(name)));
    expect(both).toEqual([]);
  });

  it('is refused by every method for an organisation that is not connected (XERO.md 10.1)', () => {
    expect(start().open).toEqual([]);
  });

  it('loses no field of an answer but those that its models drop (XERO.md 11.3)', () => {
    const lost = [...start().lost].filter((one) => !droppedByModels.some(({ fields }) => fields.test(one)));
    expect(lost).toEqual([]);
    const idle = droppedByModels.filter(({ fields }) => ![...start().lost].some((one) => fields.test(one)));
    expect(idle).toEqual([]);
  });

  it('is answered like plain HTTP: the same walk by fetch, in a new sandbox, gives the same answers', async () => {
    const logged = await xero().control.calls({ bodies: true });
    const calls = logged.filter(({ tenant }) => tenant !== '');
    const sandbox = await createSandbox({ limits: 'off', clock });
    try {
      const other = await connect(sandbox.url);
      expect(calls.length).toBeGreaterThan(300);
      expect(await replay(calls, xero(), other)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });
});
