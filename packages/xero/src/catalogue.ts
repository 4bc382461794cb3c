// The catalogue of Xero's messages: an anchored pattern, its class, what happened and what to do; messages about one record.
import { calls } from './catalogue-of-calls.ts';
import { coding } from './catalogue-of-coding.ts';
import type { Entry } from './failure.ts';

const contacts = 'https://go.xero.com/Contacts';

const duplicates: Entry[] = [
  {
    pattern: /^Invoice # must be unique\.?$/i,
    class: 'duplicate',
    cause: 'Another sales invoice in Xero already has this number.',
    fix: 'Open the invoice of that number in Xero. If it is another sale, give one of the two a new number, then press Retry.',
  },
  {
    pattern: /^(Credit Note|Order) (#|number) must be unique\.?$/i,
    class: 'duplicate',
    cause: 'Another document in Xero already has this number.',
    fix: 'Open the document of that number in Xero, give one of the two a new number, then press Retry.',
  },
  {
    pattern: /^Price List Item with Code '.*' already exists\.?$/i,
    class: 'duplicate',
    cause: 'Xero already has an item with this code.',
    fix: 'Rename or delete the item in Xero, or change the code here, then press Retry.',
  },
  {
    pattern:
      /^The contact name .* is already assigned to another contact\. ?(The contact name must be unique across all active contacts\.?)?$/i,
    class: 'duplicate',
    cause: 'Another active contact in Xero already has this name.',
    fix: 'Rename, merge or archive one of the two in Xero, or change the name here, then press Retry.',
    link: contacts,
  },
  {
    pattern:
      /^(Another contact has this contact number\.|The contact number .* is already assigned to another contact\.)( .*)?$/i,
    class: 'duplicate',
    cause: 'Another contact in Xero already has this number, possibly an archived one.',
    fix: 'Clear the number of the other contact in Xero, or change the number here, then press Retry.',
    link: contacts,
  },
  {
    pattern: /^Please enter a unique (Name|Code)\.?$/i,
    class: 'duplicate',
    cause: 'Xero already has one with this name or code.',
    fix: 'Choose another name or code, then press Retry.',
  },
];

const parents: Entry[] = [
  {
    pattern: /^The contact with the specified contact details has been archived\.( .*)?$/i,
    class: 'archived',
    cause: 'The contact of this document is archived in Xero.',
    fix: 'Restore the contact in Xero (Contacts, Archived, Restore), then press Retry.',
    link: contacts,
  },
  {
    pattern:
      /^(A Contact must be specified for this type of transaction|The Contact must contain at least 1 of the following elements.*)\.?$/i,
    class: 'contact',
    cause: 'The document names no contact that Xero knows.',
    fix: 'Choose a contact for the document, then press Retry.',
  },
  {
    pattern:
      /^(An existing .* with the specified .* could not be found|The document with the supplied id was not found.*|The resource you're looking for cannot be found)\.?$/i,
    class: 'missing',
    cause: 'Xero no longer has the record that this one was sent as.',
    fix: 'See whether it was deleted or merged in Xero, then press Retry.',
  },
];

const states: Entry[] = [
  {
    pattern:
      /^The document date cannot be before the (period lock|end of year lock) date, currently set at .*$/i,
    class: 'locked',
    cause: 'The date of the document lies in a period that is locked in Xero.',
    fix: 'Ask your accountant to move the lock date in Xero, or change the date here, then press Retry.',
  },
  {
    pattern:
      /^((Invoice|Credit Note) not of valid status for (modification|creation)|This document cannot be edited as it has a payment or credit note allocated to it|Date cannot be changed on an invoice that has payment.*|The status .* cannot be applied to the invoice.*)\.?( .*)?$/i,
    class: 'not-editable',
    cause: 'The document cannot be changed in Xero any more: it is paid, credited, voided or deleted there.',
    fix: 'Remove the payment or credit in Xero first, or leave the document as it is and set it to Do not sync.',
  },
  {
    pattern: /^You('ve| have) reached the limit of .*$/i,
    class: 'plan-limit',
    cause: 'The plan of the Xero organisation allows no more of these.',
    fix: 'Upgrade the plan in Xero or wait for the next month, then press Retry.',
  },
  {
    pattern: /^Insufficient stock\.( .*)?$/i,
    class: 'stock',
    cause: 'Xero tracks the stock of an item and has less of it than this document sells.',
    fix: 'Correct the stock in Xero or stop tracking the item there, then press Retry.',
  },
];

const contents: Entry[] = [
  {
    pattern: /^Email address must be valid\.?$/i,
    class: 'field',
    cause: 'The e-mail address is not one that Xero accepts.',
    fix: 'Correct the e-mail address here: the change is sent by itself.',
  },
  {
    pattern:
      /^(One or more line items must be specified|Invoice Type must be specified|Url must be a valid absolute url|The contact name cannot contain the characters .*|.* (is required|must be specified|cannot be empty))\.?$/i,
    class: 'field',
    cause: 'A field that Xero asks for is missing or not valid.',
    fix: 'Complete the record here: the change is sent by itself.',
  },
  {
    pattern:
      /^.*(must not be longer than|exceeds? (the )?max(imum)? length|maximum length|must be (no|not) more than \d+ characters|cannot be longer than|must not exceed).*$/i,
    class: 'field',
    cause: 'A text is longer than Xero allows.',
    fix: 'Shorten it here: the change is sent by itself.',
  },
  {
    pattern:
      /^(The line total .* does not match the expected line total .*|The quantity value '.*' is invalid\..*|The discount rate '.*' is invalid\..*|The total debits .* must equal total credits .*|The .* total must not (be negative|exceed .*)|.* amount .* too large.*)$/i,
    class: 'amount',
    cause: 'An amount or quantity of a line is not one that Xero accepts.',
    fix: 'Correct the line here: the change is sent by itself.',
  },
  {
    pattern:
      /^(Payment amount exceeds the amount outstanding.*|Payments can only be made against Authorised documents|You must specify an Account code or Account ID for the payment|Account type is invalid for making a payment to\/from)\.?$/i,
    class: 'payment',
    cause: 'Xero does not accept this payment for the document or from this account.',
    fix: 'Compare amount, account and status of the document with Xero, then press Retry.',
  },
];

export const catalogue: readonly Entry[] = [
  ...duplicates,
  ...parents,
  ...coding,
  ...states,
  ...contents,
  ...calls,
];
