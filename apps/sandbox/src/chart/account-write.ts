// Making, changing, archiving and deleting accounts: one per request (XERO.md 7.8, 10.2).
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Session, type Written } from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { readFlag, readText, readWord, type Source } from '../fields.ts';
import { bookEntries } from '../ledger/entries.ts';
import type { Organisation } from '../organisation.ts';
import { documentKinds, documentsOf } from '../organisation-change.ts';
import { envelope, notFound, type Reply, validationException } from '../reply.ts';
import { type Account, accountRecord } from './account.ts';

type View = (account: Account) => Readonly<Record<string, unknown>>;

const types = accountRecord.shape.type.options;

/** PUT makes one; POST by id changes it, or archives it in a call of its own. */
export function writeAccount(
  session: Session,
  source: Source,
  matching: Matching,
  find: (id: string) => Account | undefined,
  view: View,
): Written {
  const before = matching.kind === 'id' ? find(matching.id) : undefined;
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const status = readWord(source, 'Status', ['ACTIVE', 'ARCHIVED'], 'AccountStatus');
  const account = readAccount(session, source, before, status);
  const messages = before === undefined ? [] : changeFaults(source, before, account, status);
  // Lines name accounts by their codes, so one that is used keeps its own.
  if (before !== undefined && before.code !== account.code && isUsed(session.organisation, before))
    messages.push('The Code of an account that is used cannot be changed.');
  messages.push(...faultsOf(session.organisation, account));
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  change(session, { kind: 'account', record: account });
  return { kind: 'saved', view: () => view(account), warnings: [] };
}

function readAccount(
  session: Session,
  source: Source,
  before: Account | undefined,
  status: Account['status'] | undefined,
): Account {
  const text = (name: string, value: string | undefined): string =>
    readText(source, name)?.trim() ?? value ?? '';
  return {
    id: before?.id ?? randomUUID(),
    code: text('Code', before?.code),
    name: text('Name', before?.name),
    type: readWord(source, 'Type', types, 'AccountType') ?? before?.type ?? 'CURRENT',
    taxType:
      text('TaxType', before?.taxType) ||
      (session.organisation.accounts.find('system', 'debtors')?.taxType ?? 'NONE'),
    description: text('Description', before?.description),
    status: status ?? before?.status ?? 'ACTIVE',
    system: before?.system ?? '',
    bankNumber: text('BankAccountNumber', before?.bankNumber),
    payments: readFlag(source, 'EnablePaymentsToAccount') ?? before?.payments ?? false,
    currency: text('CurrencyCode', before?.currency).toUpperCase(),
    updatedMs: session.nowMs,
  };
}

const substance = [
  'Code',
  'Name',
  'Type',
  'TaxType',
  'Description',
  'BankAccountNumber',
  'EnablePaymentsToAccount',
];

function changeFaults(
  source: Source,
  before: Account,
  account: Account,
  status: string | undefined,
): string[] {
  if (before.system !== '') return ['System accounts cannot be changed.'];
  const sent = substance.filter((name) => source.fields[name] !== undefined && source.fields[name] !== null);
  const differs =
    account.code !== before.code ||
    account.name !== before.name ||
    account.type !== before.type ||
    account.taxType !== before.taxType ||
    account.description !== before.description ||
    account.payments !== before.payments;
  if (status !== undefined && status !== before.status && differs)
    return ['The Status of an account can only be changed in a call of its own.'];
  if (before.type === 'BANK' && differs) return ['Bank accounts cannot be changed.'];
  return status === undefined && sent.length === 0 ? ['Nothing of the account was sent to be changed.'] : [];
}

function faultsOf(organisation: Organisation, account: Account): string[] {
  const messages: string[] = [];
  const others = organisation.accounts.ordered().filter((other) => other.id !== account.id);
  if (account.name === '') messages.push('Name must be specified');
  if (account.code === '' && account.type !== 'BANK') messages.push('Code must be specified');
  if (account.type === 'BANK' && account.bankNumber === '' && account.system === '' && account.code === '')
    messages.push('BankAccountNumber must be specified');
  if (others.some((other) => fold(other.name) === fold(account.name)))
    messages.push('Please enter a unique Name.');
  if (account.code !== '' && others.some((other) => fold(other.code) === fold(account.code)))
    messages.push('Please enter a unique Code');
  if (account.currency !== '' && !organisation.currencies.has(account.currency))
    messages.push(`Organisation is not subscribed to currency ${account.currency}`);
  for (const [name, text, charactersMax] of [
    ['Code', account.code, 10],
    ['Name', account.name, 150],
    ['Description', account.description, 4_000],
  ] as const) {
    if (text.length > charactersMax)
      messages.push(`The field ${name} must be a string with a maximum length of ${charactersMax}.`);
  }
  if (organisation.taxRates.get(account.taxType)?.status !== 'ACTIVE')
    messages.push(
      `The TaxType code ${account.taxType} does not exist or cannot be used for this type of transaction.`,
    );
  return messages;
}

/** One that stands in the books, or is a system account, is not deleted. */
export function removeAccount(session: Session, account: Account | undefined, view: View): Reply {
  if (account === undefined) return notFound();
  if (account.system !== '' || isUsed(session.organisation, account)) {
    const Message = 'The account cannot be deleted: it is a system account or has transactions';
    return validationException([
      { AccountID: account.id, Code: account.code, ValidationErrors: [{ Message }] },
    ]);
  }
  change(session, { kind: 'account-gone', id: account.id });
  return envelope(session.nowMs, { Accounts: [{ ...view(account), Status: 'DELETED' }] });
}

function isUsed(organisation: Organisation, account: Account): boolean {
  for (const entry of bookEntries(organisation)) {
    if (entry.postings.some((posting) => posting.account === account.id)) return true;
  }
  const isOf = (posting: { readonly account: string }): boolean => posting.account === account.id;
  if (organisation.journalBook.booked.some(({ frozen }) => frozen?.postings.some(isOf) === true)) return true;
  const code = fold(account.code);
  const named = [
    ...documentKinds.flatMap((kind) => documentsOf(organisation, kind).ordered()),
    ...organisation.manualJournals.ordered(),
  ];
  return (
    named.some((document) => document.lines.some((line) => fold(line.account) === code)) ||
    organisation.items
      .ordered()
      .some((item) =>
        [item.sales.account, item.purchase.account, item.inventoryAccount, item.cogsAccount].some(
          (one) => fold(one) === code,
        ),
      )
  );
}
