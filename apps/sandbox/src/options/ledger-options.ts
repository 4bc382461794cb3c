// The options of the ledger, tax and stock (XERO.md 6, 7; ACCOUNTING.md 0).
import { rule } from './option-rule.ts';

export const ledgerOptions = {
  'zero-total': rule(
    ['paid', 'authorised'],
    'paid',
    'What an approved document of 0.00 becomes: PAID, as programs report, or AUTHORISED (ACCOUNTING.md 2, P19).',
  ),
  'supplier-credit-stock': rule(
    ['average', 'price'],
    'average',
    "What a supplier's credit note takes out of stock: the average cost, the difference going to cost of sales, or its own price (ACCOUNTING.md 2, P6).",
  ),
  'return-stock': rule(
    ['average', 'cost'],
    'average',
    "What a customer's return is worth: the average of what is there, or the cost at which the item last left (ACCOUNTING.md 2, P9).",
  ),
  'au-none': rule(
    ['rewrite', 'refuse'],
    'rewrite',
    'What Australia does with NONE and EXEMPTINPUT: write EXEMPTEXPENSES or BASEXCLUDED instead, as its page says, or refuse them (XERO.md 7.6).',
  ),
  'reverse-charge-rate': rule(
    ['0', '20'],
    '0',
    'What EffectiveRate of a reverse charge rate reads; it adds nothing to a document either way (ACCOUNTING.md 0, N22).',
  ),
  'zero-line': rule(
    ['bare', 'kept'],
    'bare',
    'Whether a line of 0.00 loses its account and tax, as several programs report (ACCOUNTING.md 0, N5).',
  ),
  'credit-note-discount': rule(
    ['refuse', 'ignore'],
    'refuse',
    'What a discount on a credit note or bill does; Xero has none there (XERO.md 7.3).',
  ),
  'lock-date': rule(
    ['on-or-before', 'before'],
    'on-or-before',
    'Whether a document dated on the lock date itself is locked; sources differ (ACCOUNTING.md 7).',
  ),
  'unrealised-gains': rule(
    ['left-out', 'reported'],
    'left-out',
    'Whether the trial balance brings open foreign debts and bank accounts to the rate of its day; the days and rates by which Xero does are not told, and those of the sandbox stand still (ACCOUNTING.md 6, 10).',
  ),
  multicurrency: rule(
    ['allowed', 'not-allowed'],
    'allowed',
    'Whether the plan has several currencies: UseMulticurrency of Organisation/Actions, without which none can be added (XERO.md 7.10).',
  ),
  'journal-permission': rule(
    ['granted', 'lacking'],
    'granted',
    'Whether the connecting person has the reports permission that manual journals ask of a standard user since June 2026; the reply without it is not told (XERO.md 7.6).',
  ),
  'zero-void': rule(
    ['refuse', 'allow'],
    'refuse',
    'Whether a document that is PAID because it comes to 0.00 can be voided (ACCOUNTING.md 2, P19).',
  ),
  'order-steps': rule(
    ['forward', 'free'],
    'forward',
    'Which states a purchase order may go to: an approved one not back to a draft, or from every state but DELETED to every other; not published (XERO.md 7.5).',
  ),
  'file-types': rule(
    ['listed', 'usual'],
    'listed',
    'Which files can be attached: those of the list Xero has published, or everything but programs; the list in force is not known (XERO.md 8).',
  ),
  'payment-rate': rule(
    ['day', 'document'],
    'day',
    'The rate of a foreign payment that is sent without one: that of the day, as Xero says of documents, or that of its document (XERO.md 7.10).',
  ),
  adviser: rule(
    ['no', 'yes'],
    'no',
    'Whether the connecting person is an adviser, whom the period lock date lets through; the year end lock date stops everybody (ACCOUNTING.md 0, N12).',
  ),
  'due-date-missing': rule(
    ['date', 'refuse'],
    'date',
    'An approved invoice without DueDate falls due on its date, or is refused; not documented (XERO.md 7.2).',
  ),
  'tracked-other-account': rule(
    ['refuse', 'allow'],
    'refuse',
    "Whether a purchase line of a tracked item may name another account than the item's own; allowed, it moves no stock (XERO.md 6.1).",
  ),
  'journal-of-nothing': rule(
    ['refuse', 'allow'],
    'refuse',
    'Whether a manual journal of one line of 0.00 or of none is taken (XERO.md 7.6).',
  ),
  employees: rule(
    ['present', 'removed'],
    'present',
    "Whether the resource Employees is there; Xero's specification dropped it, older programs still call it (XERO.md 12).",
  ),
};
