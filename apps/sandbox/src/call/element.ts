// An element of a write as the reply shows it: the record that was saved, or what was sent with its complaints (XERO.md 4.2, 10.1).
import { type Fields, isFields, zeroGuid } from '../fields.ts';
import { joined } from '../json.ts';
import { parseDate, wireDate } from '../wire-date.ts';
import type { Writer, Written } from './visit.ts';

export type Showing = {
  /** Whether the call is refused as a whole, so that elements bear no verdict. */
  readonly summarised: boolean;
  /** The member that holds the text of a complaint. */
  readonly member: 'Message' | 'Description';
};

export function elementOf(
  writer: Writer,
  sent: Fields,
  written: Written | undefined,
  showing: Showing,
): unknown {
  if (written?.kind === 'saved') {
    if (written.warnings.length > 0) {
      const warnings = written.warnings.map((Message) => ({ Message }));
      return joined(written.view(), { Warnings: warnings, StatusAttributeString: 'WARNING' });
    }
    const isBare = showing.summarised && withoutStatus.has(writer.envelope);
    return isBare ? written.view() : joined(written.view(), { StatusAttributeString: 'OK' });
  }
  const refused = written?.kind === 'refused' ? written : { id: '', messages: [], lines: undefined };
  const complaints = (messages: readonly string[]): Complaint[] =>
    messages.map((message) => ({ [showing.member]: message }));
  const lines = Array.isArray(sent.LineItems)
    ? {
        LineItems: sent.LineItems.map((line, index) =>
          marked(line, complaints(refused.lines?.get(index) ?? [])),
        ),
      }
    : {};
  return {
    [writer.idField]: zeroGuid,
    ...echo(sent),
    ...(refused.id === '' ? {} : { [writer.idField]: refused.id }),
    ...nestedParts(sent),
    ...lines,
    ...(writer.errorFlag === undefined ? {} : { [writer.errorFlag]: true }),
    ...(showing.summarised ? {} : { StatusAttributeString: 'ERROR' }),
    ValidationErrors: complaints(refused.messages),
    Warnings: [],
  };
}

/** Those whose models have no StatusAttributeString; asked for verdicts they give it too (XERO.md 4.2). */
const withoutStatus: ReadonlySet<string> = new Set([
  'Accounts',
  'BankTransfers',
  'BatchPayments',
  'ContactGroups',
  'Currencies',
  'HistoryRecords',
  'Options',
  'Receipts',
  'RepeatingInvoices',
  'TaxRates',
  'TrackingCategories',
]);

/** What was sent as it was understood: its dates in the form in which Xero writes dates. */
function echo(sent: Fields): Fields {
  const dates = Object.entries(sent).flatMap(([name, value]) => {
    const date = name.endsWith('Date') && typeof value === 'string' ? parseDate(value) : undefined;
    return date === undefined ? [] : [[name, wireDate(date)]];
  });
  return { ...sent, ...Object.fromEntries(dates) };
}

type Complaint = Readonly<Record<string, string>>;

/** What stands within repeats an empty list of complaints: addresses, phones and the contact. */
function nestedParts(sent: Fields): Fields {
  const parts: Record<string, unknown> = {};
  for (const name of ['Addresses', 'Phones'] as const) {
    const list = sent[name];
    if (Array.isArray(list)) parts[name] = list.map((one) => marked(one, []));
  }
  const { Contact } = sent;
  if (isFields(Contact)) parts.Contact = marked({ ...Contact, ...nestedParts(Contact) }, []);
  return parts;
}

function marked(part: unknown, complaints: readonly Complaint[]): unknown {
  return isFields(part) ? { ...part, ValidationErrors: complaints } : part;
}
