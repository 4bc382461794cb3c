// The catalogue knows Xero’s messages, and only those.
import { describe, expect, test } from 'vitest';
import { explain } from './failure.ts';

const known: [string, string][] = [
  ['Invoice # must be unique.', 'duplicate'],
  ["Price List Item with Code 'abc' already exists", 'duplicate'],
  [
    'The contact name Smith Ltd is already assigned to another contact. The contact name must be unique across all active contacts.',
    'duplicate',
  ],
  ['Another contact has this contact number. Please enter a different contact number.', 'duplicate'],
  [
    'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes',
    'archived',
  ],
  [
    "Account code '200' has been archived, or has been deleted. Each line item must reference a valid account",
    'archived',
  ],
  ["Account code '999' is not a valid code for this document", 'account'],
  ["The TaxType code 'OUTPUT' cannot be used with account code '400'.", 'tax'],
  ['The document date cannot be before the period lock date, currently set at 31 December 2009', 'locked'],
  ['The document date cannot be before the end of year lock date, currently set at 31 March 2010', 'locked'],
  [
    'Invoice not of valid status for modification This document cannot be edited as it has a payment or credit note allocated to it.',
    'not-editable',
  ],
  ['The TaxType code OUTPUT9 does not exist or cannot be used for this type of transaction.', 'tax'],
  ['Credit Note # must be unique.', 'duplicate'],
  ['Credit Note not of valid status for modification', 'not-editable'],
  ['The invoice total must not be negative', 'amount'],
  ['The contact name cannot contain the characters < or >.', 'field'],
  ['The field Description must be a string with a maximum length of 4000.', 'field'],
  ['An existing Contact with the specified ContactID could not be found', 'missing'],
  ['Email address must be valid.', 'field'],
  ['One or more line items must be specified', 'field'],
  ['The line total 1.00 does not match the expected line total 0.00', 'amount'],
  ["The quantity value '-1.0000' is invalid. Quantity must not be less than zero.", 'amount'],
  ['You have reached the limit of invoices you can approve', 'plan-limit'],
  ['Payment amount exceeds the amount outstanding on this document', 'payment'],
  ['Idempotency Key: abc is used with a different request.', 'key-reused'],
  ['AuthenticationUnsuccessful', 'permission'],
  ['The Xero API is currently offline for maintenance', 'offline'],
  ["The resource you're looking for cannot be found", 'missing'],
];

describe('the catalogue', () => {
  test.each(known)('knows "%s" as %s', (message, kind) => {
    const explanation = explain(message);
    expect(explanation.class).toBe(kind);
    expect(explanation.raw).toBe(message);
    expect(explanation.cause).not.toBe('');
    expect(explanation.fix).not.toBe('');
  });

  test('knows a message among several', () => {
    expect(explain('Something nobody has heard of. Invoice # must be unique.').class).toBe('duplicate');
  });

  test.each([
    [
      "Account code '200' has been archived, or has been deleted. Each line item must reference a valid account",
      ['200'],
    ],
    ["Account code '999' is not a valid code for this document", ['999']],
    ["The TaxType code 'OUTPUT2' cannot be used with account code '429'.", ['OUTPUT2', '429']],
    ['The TaxType code TAX001 does not exist or cannot be used for this type of transaction.', ['TAX001']],
    [
      "The TaxType code 'OUTPUT2' cannot be used with account code '429'. Account code '200' is not a valid code for this document",
      ['OUTPUT2', '429'],
    ],
  ])('names the codes in cause and fix, and where to change them: %s', (message, codes) => {
    const { cause, fix } = explain(message);
    for (const code of codes) {
      expect(cause).toMatch(new RegExp(`\\b${code}\\b`));
      expect(fix).toMatch(new RegExp(`\\b${code}\\b`));
    }
    expect(fix).toMatch(/page Xero connection.*then press Retry\.$/);
    expect(`${cause} ${fix}`).not.toMatch(/[{}]/);
  });

  test('says unknown of a message that merely mentions a known one, and keeps its words', () => {
    const message = 'Reference "Invoice # must be unique." is odd';
    expect(explain(message)).toMatchObject({ class: 'unknown', raw: message });
  });
});
