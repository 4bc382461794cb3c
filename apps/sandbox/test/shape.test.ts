// The judge of answers itself: that it finds what is wrong. Every other test file is judged by it while it runs.
import { describe, expect, it } from 'vitest';
import { createCheck } from './shape/answer-check.ts';
import { readSpecification, specificationPath } from './shape/specification.ts';

const specification = readSpecification();
if (specification === undefined) console.log(`Skipped: there is no ${specificationPath}.`);
const check = createCheck(specification ?? { schemas: {}, paths: {} });

const envelope = {
  Id: '9a3b4c5d-0000-4000-8000-000000000001',
  Status: 'OK',
  ProviderName: 'Xero sandbox',
  DateTimeUTC: '/Date(1550899400362)/',
};

function faultsOf(path: string, body: unknown, status = 200): readonly string[] {
  const segments = path.slice(1).split('/');
  const contentType = 'application/json; charset=utf-8';
  return check({ method: 'GET', segments, status, contentType, body: JSON.stringify(body) }).faults;
}

const absent = specification === undefined ? ' (skipped: no ../shared/xero-openapi)' : '';

describe.skipIf(specification === undefined)(
  `an answer is judged by the specification (XERO.md 12)${absent}`,
  () => {
    it('and passes with null members, new words where Xero adds some, and members of newer sources', () => {
      const item = { Code: 'A', Name: null, QuantityAvailable: 3, ItemID: envelope.Id };
      expect(faultsOf('/Items', { ...envelope, Items: [item] })).toEqual([]);
      const organisation = { Class: 'A_CLASS_OF_TOMORROW', CurrencyCode: undefined };
      expect(faultsOf('/Organisation', { ...envelope, Organisations: [organisation] })).toEqual([]);
    });

    it('and fails with a member of another kind, an unknown one, a missing one, an unknown word and a plain date', () => {
      const invoice = { InvoiceID: 'S-1', Total: '12.00', Colour: 'red', Date: '2026-03-02', Status: 'OPEN' };
      const faults = faultsOf('/Invoices', { ...envelope, Invoices: [invoice] }).join('\n');
      expect(faults).toContain('/Invoices/n/InvoiceID must match pattern');
      expect(faults).toContain('/Invoices/n/Total must be number');
      expect(faults).toContain(
        '/Invoices/n must NOT have additional properties {"additionalProperty":"Colour"}',
      );
      expect(faults).toContain('/Invoices/n/Date must match pattern');
      expect(faults).toContain('/Invoices/n/Status must be equal to one of the allowed values');
      expect(faultsOf('/Items', { ...envelope, Items: [{ Name: 'A' }] }).join()).toContain("property 'Code'");
    });

    it('and fails without its envelope (XERO.md 5)', () => {
      expect(faultsOf('/Items', { Items: [] }).join()).toContain("must have required property 'DateTimeUTC'");
    });

    it('and by the shapes of refusals where the specification says nothing (XERO.md 10.1)', () => {
      const problem = { Type: null, Title: 'Unauthorized', Status: 401, Detail: 'x', Extensions: {} };
      expect(faultsOf('/Items', { ...problem, Instance: envelope.Id }, 401)).toEqual([]);
      expect(faultsOf('/Items', problem, 401)).not.toEqual([]);
      expect(faultsOf('/Items', { ErrorNumber: 16, Type: 'Query', Message: 'x' }, 400)).not.toEqual([]);
      expect(faultsOf('/Nowhere', envelope)).not.toEqual([]);
      const text = { method: 'GET', segments: ['Items', 'x'], status: 404, contentType: 'text/plain' };
      expect(check({ ...text, body: "The resource you're looking for cannot be found" }).faults).toEqual([]);
      expect(check({ ...text, body: 'Nothing here' }).faults).not.toEqual([]);
    });
  },
);
