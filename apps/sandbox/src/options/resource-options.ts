// The options of single resources: contacts, items, documents and their lists (XERO.md 5 to 8).
import { rule } from './option-rule.ts';

export const resourceOptions = {
  midpoint: rule(
    ['away', 'even'],
    'away',
    'Where half a cent of a line or its tax goes: away from zero, or to the even cent; nobody has shown it (XERO.md 7.2).',
  ),
  'rounding-amount': rule(
    ['off', 'on'],
    'off',
    'Whether organisations take RoundingAmount and EnteredTotal, which Xero gives to those that ask for it (XERO.md 7.2).',
  ),
  'applied-contact': rule(
    ['refuse', 'allow'],
    'refuse',
    'Whether the contact of a document with payments can change; Xero allows it within limits it does not tell (XERO.md 7.2).',
  ),
  'approval-cap': rule(
    ['off', 'on'],
    'off',
    'Whether organisations are of the old Early plan, which approves 20 sales invoices and 5 bills a month (XERO.md 7.2).',
  ),
  'contact-number-words': rule(
    ['another', 'assigned'],
    'another',
    'Which of the two texts that have been seen says that a contact number is taken (XERO.md 10.2).',
  ),
  'bank-account-admin': rule(
    ['yes', 'no'],
    'yes',
    'Whether the connecting person may write bank details of contacts, for which Xero asks a role of its own (XERO.md 7.1).',
  ),
  'history-missing': rule(
    ['400', '404'],
    '400',
    'The status of a call for the history of a record there is not; both have been seen (XERO.md 10.1).',
  ),
  'unparsable-number': rule(
    ['14', '17'],
    '14',
    'ErrorNumber of a body that is no JSON: 14 as for one that does not fit, or 17 as the author of a mock says (XERO.md 10.1).',
  ),
  'error-member': rule(
    ['Message', 'Description'],
    'Message',
    'The member that holds the text of a validation error; a page of Xero shows one with Description (XERO.md 4.2).',
  ),
  'high-volume': rule(
    ['100000', '100', 'off'],
    '100000',
    'How many records a list may touch before ErrorNumber 51 refuses it; Xero tells 100,000, and 100 is for trying it out (XERO.md 2).',
  ),
  'where-guid': rule(
    ['known', 'unknown'],
    'known',
    'Whether a where may write Guid("…"), or the id as a plain text only (XERO.md 5).',
  ),
};
