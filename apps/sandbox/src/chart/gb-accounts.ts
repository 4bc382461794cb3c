// The chart of accounts a new organisation of the United Kingdom has.
import { randomUUID } from 'node:crypto';
import type { Account, AccountType } from './account.ts';

type Entry = readonly [
  code: string,
  name: string,
  type: AccountType,
  taxType: string,
  more?: Partial<Account>,
];

const bank = (bankNumber: string): Partial<Account> => ({ bankNumber });
const system = (name: string): Partial<Account> => ({ system: name });
const payable: Partial<Account> = { payments: true };

const income: readonly Entry[] = [
  ['200', 'Sales', 'SALES', 'OUTPUT2', { description: 'Goods sold in the ordinary course of business' }],
  ['205', 'Carriage', 'REVENUE', 'OUTPUT2', { description: 'Postage and delivery charged to customers' }],
  ['210', 'Discounts Allowed', 'REVENUE', 'OUTPUT2', { description: 'Reductions given to customers' }],
  ['215', 'Fees Recharged', 'REVENUE', 'OUTPUT2', { description: 'Marketplace and similar fees passed on' }],
  ['220', 'Charges Recharged', 'REVENUE', 'OUTPUT2', { description: 'Bank and similar charges passed on' }],
  ['225', 'Gift Vouchers', 'REVENUE', 'OUTPUT2', { description: 'Vouchers sold' }],
  ['230', 'Sales Returns', 'REVENUE', 'OUTPUT2', { description: 'Goods taken back from customers' }],
  ['260', 'Other Revenue', 'REVENUE', 'OUTPUT2', { description: 'Income outside the ordinary trade' }],
  ['270', 'Interest Income', 'OTHERINCOME', 'EXEMPTOUTPUT'],
];

const directCosts: readonly Entry[] = [
  ['300', 'Purchases', 'DIRECTCOSTS', 'INPUT2'],
  ['310', 'Cost of Goods Sold', 'DIRECTCOSTS', 'INPUT2'],
  ['320', 'Direct Wages', 'DIRECTCOSTS', 'NONE'],
  ['325', 'Direct Expenses', 'DIRECTCOSTS', 'INPUT2'],
  ['330', 'Stock Adjustments', 'DIRECTCOSTS', 'NONE', payable],
  ['335', 'Purchase Price Variance', 'DIRECTCOSTS', 'INPUT2'],
  ['340', 'Stock Written Off', 'DIRECTCOSTS', 'NONE'],
  ['345', 'Labour and Overhead Absorbed', 'DIRECTCOSTS', 'NONE'],
];

const overheads: readonly Entry[] = [
  ['400', 'Advertising and Marketing', 'OVERHEADS', 'INPUT2'],
  ['401', 'Audit and Accountancy Fees', 'OVERHEADS', 'INPUT2'],
  ['404', 'Bank Fees', 'OVERHEADS', 'EXEMPTINPUT'],
  ['408', 'Cleaning', 'OVERHEADS', 'INPUT2'],
  ['412', 'Consulting', 'OVERHEADS', 'INPUT2'],
  ['416', 'Depreciation Expense', 'DEPRECIATN', 'NONE'],
  ['420', 'Entertainment', 'OVERHEADS', 'NONE'],
  ['425', 'Postage, Freight and Courier', 'OVERHEADS', 'INPUT2'],
  ['429', 'General Expenses', 'OVERHEADS', 'INPUT2'],
  ['430', 'Stocktake Clearing', 'EXPENSE', 'NONE', payable],
  ['433', 'Insurance', 'OVERHEADS', 'EXEMPTINPUT'],
  ['437', 'Interest Paid', 'OVERHEADS', 'EXEMPTINPUT'],
  ['441', 'Legal Expenses', 'OVERHEADS', 'INPUT2'],
  ['445', 'Light, Power, Heating', 'OVERHEADS', 'RRINPUT'],
  ['449', 'Motor Vehicle Expenses', 'OVERHEADS', 'INPUT2'],
  ['461', 'Printing and Stationery', 'OVERHEADS', 'INPUT2'],
  ['463', 'IT Software and Consumables', 'OVERHEADS', 'INPUT2'],
  ['465', 'Rates', 'OVERHEADS', 'NONE'],
  ['469', 'Rent', 'OVERHEADS', 'EXEMPTINPUT'],
  ['473', 'Repairs and Maintenance', 'OVERHEADS', 'INPUT2'],
  ['477', 'Salaries', 'OVERHEADS', 'NONE'],
  ['479', 'Employers National Insurance', 'OVERHEADS', 'NONE'],
  ['482', 'Pension Costs', 'OVERHEADS', 'NONE'],
  ['485', 'Subscriptions', 'OVERHEADS', 'INPUT2'],
  ['489', 'Telephone and Internet', 'OVERHEADS', 'INPUT2'],
  ['493', 'Travel', 'OVERHEADS', 'ZERORATEDINPUT'],
  ['497', 'Bank Revaluations', 'EXPENSE', 'NONE', system('BANKCURRENCYGAIN')],
  ['498', 'Unrealised Currency Gains', 'EXPENSE', 'NONE', system('UNREALISEDCURRENCYGAIN')],
  ['499', 'Realised Currency Gains', 'EXPENSE', 'NONE', system('REALISEDCURRENCYGAIN')],
  ['500', 'Corporation Tax', 'OVERHEADS', 'NONE'],
];

const assets: readonly Entry[] = [
  ['090', 'Business Current Account', 'BANK', 'NONE', bank('20000012345678')],
  ['091', 'Business Savings Account', 'BANK', 'NONE', bank('20000087654321')],
  ['095', 'Stock Clearing In', 'BANK', 'NONE'],
  ['096', 'Stock Clearing Out', 'BANK', 'NONE'],
  ['610', 'Accounts Receivable', 'CURRENT', 'NONE', system('DEBTORS')],
  ['620', 'Prepayments', 'CURRENT', 'NONE'],
  ['630', 'Inventory', 'INVENTORY', 'NONE'],
  ['631', 'Stock on Hand', 'CURRENT', 'NONE'],
  ['632', 'Stock at Other Locations', 'CURRENT', 'NONE'],
  ['633', 'Goods in Transit', 'CURRENT', 'NONE'],
  ['634', 'Manufacturing Clearing', 'CURRENT', 'NONE'],
  ['710', 'Office Equipment', 'FIXED', 'CAPEXINPUT2'],
  ['711', 'Less Depreciation on Office Equipment', 'FIXED', 'NONE'],
  ['720', 'Computer Equipment', 'FIXED', 'CAPEXINPUT2'],
  ['721', 'Less Depreciation on Computer Equipment', 'FIXED', 'NONE'],
];

const liabilitiesAndEquity: readonly Entry[] = [
  ['800', 'Accounts Payable', 'CURRLIAB', 'NONE', system('CREDITORS')],
  ['801', 'Unpaid Expense Claims', 'CURRLIAB', 'NONE', system('UNPAIDEXPCLM')],
  ['805', 'Accruals', 'CURRLIAB', 'NONE'],
  ['810', 'Goods Received Not Billed', 'CURRLIAB', 'NONE'],
  ['811', 'Landed Cost Clearing', 'CURRLIAB', 'NONE'],
  ['814', 'Wages Payable', 'CURRLIAB', 'NONE', system('WAGEPAYABLES')],
  ['820', 'VAT', 'CURRLIAB', 'NONE', system('GST')],
  ['825', 'PAYE Payable', 'CURRLIAB', 'NONE'],
  ['826', 'NIC Payable', 'CURRLIAB', 'NONE'],
  ['840', 'Historical Adjustment', 'CURRLIAB', 'NONE', system('HISTORICAL')],
  ['850', 'Suspense', 'CURRLIAB', 'NONE'],
  ['860', 'Rounding', 'CURRLIAB', 'NONE', system('ROUNDING')],
  ['877', 'Tracking Transfers', 'CURRLIAB', 'NONE', system('TRACKINGTRANSFERS')],
  ['900', 'Loan', 'TERMLIAB', 'NONE'],
  ['950', 'Capital, Ordinary Shares', 'EQUITY', 'NONE'],
  ['960', 'Retained Earnings', 'EQUITY', 'NONE', system('RETAINEDEARNINGS')],
  ['970', 'Owner Funds Introduced', 'EQUITY', 'NONE'],
  ['980', 'Owner Drawings', 'EQUITY', 'NONE'],
  ['990', 'Opening Balances', 'EQUITY', 'NONE'],
];

export function gbAccounts(nowMs: number): Account[] {
  const chart = [...assets, ...income, ...directCosts, ...overheads, ...liabilitiesAndEquity];
  return chart.map(([code, name, type, taxType, more]) => ({
    id: randomUUID(),
    code,
    name,
    type,
    taxType,
    description: '',
    status: 'ACTIVE',
    system: '',
    bankNumber: '',
    payments: false,
    currency: '',
    updatedMs: nowMs,
    ...more,
  }));
}
