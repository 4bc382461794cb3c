// The resource Organisation.
import type { Resource, Visit } from '../call/visit.ts';
import { option } from '../options.ts';
import type { Organisation } from '../organisation.ts';
import { envelope, notFound } from '../reply.ts';
import { wireDate, wireInstant } from '../wire-date.ts';

export const organisation: Resource = {
  scopes: ['accounting.settings'],
  list: (visit) => envelope(visit.nowMs, { Organisations: [organisationView(visit.organisation)] }),
  one(visit, id) {
    if (id.toLowerCase() !== 'actions') return notFound();
    return envelope(visit.nowMs, { Actions: actionsOf(visit) });
  },
};

const always = [
  'CreateApprovedInvoice',
  'CreateDraftPurchaseOrder',
  'CreateApprovedBill',
  'AttachFilesIntoInvoice',
  'CreateDraftInvoice',
  'CreateRepeatingInvoice',
  'CreateRepeatingBill',
  'CreateSentQuote',
  'CreateInvoicePayment',
  'CreateApprovedPurchaseOrder',
  'CreateDraftQuote',
  'CreateDraftBill',
] as const;

/** What the connecting person may do (XERO.md 7.2, 7.10). */
function actionsOf(visit: Visit): readonly Readonly<Record<string, string>>[] {
  const status = (allowed: boolean): string => (allowed ? 'ALLOWED' : 'NOT-ALLOWED');
  return [
    ...always.map((Name) => ({ Name, Status: status(true) })),
    { Name: 'UseMulticurrency', Status: status(mayUseCurrencies(visit)) },
    { Name: 'ApproveTransactionsBeforePeriodLockDate', Status: status(option(visit, 'adviser') === 'yes') },
    { Name: 'ApproveTransactionsBeforeEndOfYearLockDate', Status: status(false) },
  ];
}

/** The smaller plans have one currency alone, as has every one by option. */
export function mayUseCurrencies(visit: Pick<Visit, 'options' | 'organisation'>): boolean {
  const { class: plan } = visit.organisation.record;
  return option(visit, 'multicurrency') === 'allowed' && plan !== 'STARTER' && plan !== 'STANDARD';
}

function organisationView({ record }: Organisation): Readonly<Record<string, unknown>> {
  return {
    OrganisationID: record.id,
    APIKey: '',
    Name: record.name,
    LegalName: record.name,
    PaysTax: true,
    Version: record.version,
    OrganisationType: 'COMPANY',
    BaseCurrency: record.currency,
    CountryCode: record.country,
    IsDemoCompany: record.isDemo,
    OrganisationStatus: 'ACTIVE',
    FinancialYearEndDay: record.yearEndDay,
    FinancialYearEndMonth: record.yearEndMonth,
    SalesTaxBasis: 'ACCRUALS',
    SalesTaxPeriod: 'QUARTERLY1',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    PeriodLockDate: wireDate(record.periodLockDate),
    EndOfYearLockDate: wireDate(record.yearLockDate),
    CreatedDateUTC: wireInstant(record.createdMs),
    OrganisationEntityType: 'COMPANY',
    Timezone: record.wireTimeZone,
    ShortCode: record.shortCode,
    Edition: 'BUSINESS',
    Class: record.class,
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  };
}
