// Making and changing tax rates: one per request, the organisation's own only (XERO.md 7.9).
import { change, type Session, type Written } from '../call/visit.ts';
import { multiplyDivide, toUnits } from '../exact.ts';
import { readFlag, readList, readNumber, readText, readWord, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { componentsOf, type TaxComponent, type TaxRate } from './tax-rate.ts';

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

/** A rate of one's own applies to every class of account. */
function readRate(
  source: Source,
  before: TaxRate | undefined,
  taxType: string,
  name: string,
  messages: string[],
): TaxRate {
  const sent = readList(source, 'TaxComponents')?.map(readComponent);
  const old = before === undefined ? [] : componentsOf(before, before.effectiveRate);
  const components = sent === undefined || sent.length === 0 ? old : sent;
  messages.push(...componentFaults(components, old));
  const [first] = components;
  const reportTaxType = readText(source, 'ReportTaxType') ?? before?.reportTaxType ?? '';
  const { displayRate, effectiveRate } = rateOf(components);
  return {
    taxType,
    name: name || before?.name || '',
    reportTaxType,
    displayRate,
    effectiveRate: chargedByTheBuyer.test(reportTaxType) ? 0 : effectiveRate,
    classes: before?.classes ?? 'AQELR',
    component: first?.name ?? '',
    components: [...components],
    status:
      readWord(source, 'Status', ['ACTIVE', 'DELETED', 'ARCHIVED'], 'TaxRateStatus') ??
      before?.status ??
      'ACTIVE',
    isNonRecoverable: components.some((component) => component.isNonRecoverable),
  };
}

/** Under a reverse charge the document bears no tax (ACCOUNTING.md 5). */
const chargedByTheBuyer = /^(REVERSECHARGES|ECACQUISITIONS|DRCHARGE(SUPPLY)?(20)?)$/;

function readComponent(source: Source): TaxComponent {
  return {
    name: readText(source, 'Name')?.trim() ?? '',
    rate: toUnits(readNumber(source, 'Rate') ?? 0, 4) ?? 0,
    isCompound: readFlag(source, 'IsCompound') ?? false,
    isNonRecoverable: readFlag(source, 'IsNonRecoverable') ?? false,
  };
}

/** Rates add up; a compound one is charged on the other taxes as well, which only the effective rate shows. */
function rateOf(components: readonly TaxComponent[]): Pick<TaxRate, 'displayRate' | 'effectiveRate'> {
  const sum = (some: readonly TaxComponent[]): number => some.reduce((total, { rate }) => total + rate, 0);
  const plain = sum(components.filter((component) => !component.isCompound));
  const compound = sum(components.filter((component) => component.isCompound));
  const displayRate = plain + compound;
  return { displayRate, effectiveRate: displayRate + multiplyDivide(plain, compound, wholeRate) };
}

const wholeRate = 1_000_000;

/** Xero's words for these are not known; these are the sandbox's own. */
function componentFaults(components: readonly TaxComponent[], old: readonly TaxComponent[]): string[] {
  const messages: string[] = [];
  if (components.length === 0) messages.push('At least one TaxComponent must be specified');
  if (components.some(({ name }) => name === ''))
    messages.push('The name of a TaxComponent must be specified');
  if (components.some(({ rate }) => rate < 0) || rateOf(components).effectiveRate > wholeRate)
    messages.push('The tax rate must be from 0 to 100');
  if (components.filter(({ isCompound }) => isCompound).length > 1)
    messages.push('Only one TaxComponent can be compound');
  if (old.some(({ name }) => !components.some((component) => component.name === name)))
    messages.push('TaxComponents cannot be renamed or removed');
  return messages;
}
