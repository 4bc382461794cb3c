// The catalogue's messages about what a line is coded with: its account, its tax rate, the currency. Each names the code it is about.
import type { Entry } from './failure.ts';

const chart = 'https://go.xero.com/GeneralLedger/ChartOfAccounts.aspx';

export const coding: Entry[] = [
  {
    pattern: /^Account code '(?<account>[^']*)' has been archived, or has been deleted\.( .*)?$/i,
    class: 'archived',
    cause: 'A line goes to account {account}, which is archived or deleted in Xero.',
    fix: 'Restore account {account} in Xero (Chart of accounts, Archive, Restore), or choose another account on the page Xero connection, then press Retry.',
    link: chart,
  },
  {
    pattern: /^Account code '(?<account>[^']*)' is not a valid code for this document\.?( .*)?$/i,
    class: 'account',
    cause:
      'A line goes to account {account}, which Xero does not have or does not accept for this kind of document.',
    fix: 'Choose an active revenue account instead of {account} on the page Xero connection, then press Retry.',
    link: chart,
  },
  {
    pattern:
      /^(Account code or ID must be specified|Account must be valid|You cannot save this transaction using an inventory account type)\.?( .*)?$/i,
    class: 'account',
    cause: 'A line goes to an account that Xero does not accept for this kind of document.',
    fix: 'Choose an active revenue account for it on the page Xero connection, then press Retry.',
    link: chart,
  },
  {
    pattern:
      /^The TaxType code '?(?<tax>[^' ]+)'? cannot be used with account code '(?<account>[^']*)'\.?( .*)?$/i,
    class: 'tax',
    cause: 'Xero does not let tax rate {tax} stand on account {account}.',
    fix: 'Choose another account than {account} or another tax rate than {tax} on the page Xero connection, or give account {account} a revenue type in Xero, then press Retry.',
    link: chart,
  },
  {
    pattern: /^The TaxType code '?(?<tax>[^' ]+)'? does not exist or cannot be used\b.*$/i,
    class: 'tax',
    cause: 'Tax rate {tax} is not active in Xero any more, or not for documents of this kind.',
    fix: 'Choose another tax rate than {tax} on the page Xero connection (press Reconnect there first if it is new in Xero), then press Retry.',
  },
  {
    pattern: /^Tax ?rate must be valid\.?$/i,
    class: 'tax',
    cause: 'The tax rate of a line is not one that Xero accepts.',
    fix: 'Choose another tax rate on the page Xero connection, then press Retry.',
  },
  {
    pattern: /^Organisation is not subscribed to currency .*$/i,
    class: 'field',
    cause: 'The Xero organisation does not use the currency of this document.',
    fix: 'Add the currency in Xero (Settings, Currencies), then press Retry.',
  },
];
