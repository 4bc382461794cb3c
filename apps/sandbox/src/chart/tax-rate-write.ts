// Making and changing tax rates: one per request, the organisation's own only (XERO.md 7.9).
import { change, type Session, type Written } from '../call/visit.ts';
import { toUnits } from '../exact.ts';
import { readFlag, readList, readNumber, readText, readWord, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import type { TaxRate } from './tax-rate.ts';

/** `view` shows the rate that was saved. */
export function writeTaxRate(
  session: Session,
  source: Source,
  view: (rate: TaxRate) => Readonly<Record<string, unknown>>,
): Written {
  const { organisation } = session;
  const name = readText(source, 'Name')?.trim() ?? '';
  const wanted = readText(source, 'TaxType') ?? '';
  const rates = [...organisation.taxRates.values()];
  const before =
    wanted === ''
      ? rates.find((rate) => isOwn(rate) && rate.name === name)
      : organisation.taxRates.get(wanted);
  const messages: string[] = [];
  const rate = readRate(source, before, before?.taxType ?? nextType(organisation), name, messages);
  if (before !== undefined && !isOwn(before)) messages.push('System tax rates cannot be updated');
  if (wanted !== '' && before === undefined)
    messages.push(
      `The TaxType code ${wanted} does not exist or cannot be used for this type of transaction.`,
    );
  if (rate.name === '') messages.push('Name must be specified');
  if (rates.some((other) => other.taxType !== rate.taxType && other.name === rate.name))
    messages.push('Please enter a unique Name.');
  const needsReport = organisation.record.country !== 'US';
  if (needsReport && rate.reportTaxType === '') messages.push('ReportTaxType must be specified');
  if (messages.length > 0) return { kind: 'refused', id: '', messages: [...new Set(messages)] };
  change(session, { kind: 'tax-rate', record: rate });
  return { kind: 'saved', view: () => view(rate), warnings: [] };
}

function isOwn(rate: TaxRate): boolean {
  return /^TAX\d{3}$/.test(rate.taxType);
}

function nextType(organisation: Organisation): string {
  for (let next = 1; ; next += 1) {
    const type = `TAX${String(next).padStart(3, '0')}`;
    if (!organisation.taxRates.has(type)) return type;
  }
}

/** The components' rates add up; a rate of one's own applies to every class. */
function readRate(
  source: Source,
  before: TaxRate | undefined,
  taxType: string,
  name: string,
  messages: string[],
): TaxRate {
  const components = readList(source, 'TaxComponents');
  const names = components?.map((component) => readText(component, 'Name') ?? '') ?? [];
  const units = components?.reduce((sum, component) => {
    const rate = readNumber(component, 'Rate');
    return sum + (rate === undefined ? 0 : (toUnits(rate, 4) ?? 0));
  }, 0);
  if (before === undefined && (components === undefined || components.length === 0))
    messages.push('At least one TaxComponent must be specified');
  if (units !== undefined && (units < 0 || units > 1_000_000))
    messages.push('The tax rate must be from 0 to 100');
  return {
    taxType,
    name: name || before?.name || '',
    reportTaxType: readText(source, 'ReportTaxType') ?? before?.reportTaxType ?? '',
    displayRate: units ?? before?.displayRate ?? 0,
    effectiveRate: units ?? before?.effectiveRate ?? 0,
    classes: before?.classes ?? 'AQELR',
    component: names[0] ?? before?.component ?? '',
    status:
      readWord(source, 'Status', ['ACTIVE', 'DELETED', 'ARCHIVED'], 'TaxRateStatus') ??
      before?.status ??
      'ACTIVE',
    isNonRecoverable:
      components?.some((component) => readFlag(component, 'IsNonRecoverable') === true) ??
      before?.isNonRecoverable ??
      false,
  };
}
