// One line of a manual journal: its account, tax and tracking, and what may not stand on it (XERO.md 6.1, 7.6).
import { randomUUID } from 'node:crypto';
import type { Session } from '../call/visit.ts';
import { type Account, classOf } from '../chart/account.ts';
import { appliesTo, worksByApi } from '../chart/tax-rate.ts';
import { fold } from '../contact/contact.ts';
import { taxOn, taxTypeOf } from '../document/line-coding.ts';
import { parseTracking } from '../document/sent-document.ts';
import { toUnits } from '../exact.ts';
import { readGuid, readList, readNumber, readText, type Source } from '../fields.ts';
import { trackingOf } from '../tracking/line-tracking.ts';
import type { JournalLine, ManualJournal } from './manual-journal.ts';

/** Nothing where the account is not known: Xero drops such a line with a warning. */
export function journalLine(
  session: Session,
  source: Source,
  mode: ManualJournal['mode'],
  warnings: string[],
  messages: string[],
): JournalLine[] {
  const { organisation } = session;
  const code = readText(source, 'AccountCode') ?? '';
  const id = readGuid(source, 'AccountID');
  const account =
    code === '' ? organisation.accounts.get(id ?? '') : organisation.accounts.find('code', fold(code));
  if (account === undefined) {
    warnings.push(
      `Account code '${code || (id ?? '')}' has been removed as it does not match a recognised account.`,
    );
    return [];
  }
  const fault = accountFault(account);
  if (fault !== undefined) messages.push(fault);
  const amount = toUnits(readNumber(source, 'LineAmount') ?? 0, 2) ?? 0;
  const wanted = readText(source, 'TaxType') || account.taxType;
  const taxType = taxTypeOf(session, wanted, mode, account);
  const rate = organisation.taxRates.get(taxType);
  if (taxType !== '' && (rate?.status !== 'ACTIVE' || !worksByApi(rate)))
    messages.push(
      `The TaxType code ${taxType} does not exist or cannot be used for this type of transaction.`,
    );
  else if (rate !== undefined && mode !== 'NoTax' && !appliesTo(rate, classOf(account.type)))
    messages.push(`The TaxType code '${taxType}' cannot be used with account code '${account.code}'.`);
  const sentTax = readNumber(source, 'TaxAmount');
  const given = sentTax === undefined ? undefined : toUnits(sentTax, 2);
  return [
    {
      id: randomUUID(),
      description: readText(source, 'Description') ?? '',
      amount,
      tax: mode === 'NoTax' ? 0 : (given ?? taxOn(amount, rate, mode)),
      account: account.code,
      taxType,
      tracking: [
        ...trackingOf(organisation, readList(source, 'Tracking')?.map(parseTracking), undefined, messages),
      ],
    },
  ];
}

const closedToJournals = new Set(['DEBTORS', 'CREDITORS', 'RETAINEDEARNINGS', 'HISTORICAL']);

function accountFault(account: Account): string | undefined {
  if (account.type === 'INVENTORY') return 'You cannot save this transaction using an inventory account type';
  if (account.type === 'BANK' || closedToJournals.has(account.system))
    return `Account code '${account.code}' is not a valid code for this document`;
  if (account.status !== 'ACTIVE')
    return `Account code '${account.code}' has been archived, or has been deleted. Each line item must reference a valid account`;
  return undefined;
}
