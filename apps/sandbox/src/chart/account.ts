// An account of the chart, and the type and class words Xero has for it.
import { z } from 'zod';

const accountTypes = {
  BANK: 'ASSET',
  CURRENT: 'ASSET',
  FIXED: 'ASSET',
  INVENTORY: 'ASSET',
  NONCURRENT: 'ASSET',
  PREPAYMENT: 'ASSET',
  CURRLIAB: 'LIABILITY',
  LIABILITY: 'LIABILITY',
  PAYG: 'LIABILITY',
  TERMLIAB: 'LIABILITY',
  EQUITY: 'EQUITY',
  DEPRECIATN: 'EXPENSE',
  DIRECTCOSTS: 'EXPENSE',
  EXPENSE: 'EXPENSE',
  OVERHEADS: 'EXPENSE',
  OTHERINCOME: 'REVENUE',
  REVENUE: 'REVENUE',
  SALES: 'REVENUE',
} as const;

export type AccountType = keyof typeof accountTypes;
export type AccountClass = (typeof accountTypes)[AccountType];

/** The class an account type belongs to. */
export function classOf(type: AccountType): AccountClass {
  return accountTypes[type];
}

export const accountRecord = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  type: z.enum([
    'BANK',
    'CURRENT',
    'FIXED',
    'INVENTORY',
    'NONCURRENT',
    'PREPAYMENT',
    'CURRLIAB',
    'LIABILITY',
    'PAYG',
    'TERMLIAB',
    'EQUITY',
    'DEPRECIATN',
    'DIRECTCOSTS',
    'EXPENSE',
    'OVERHEADS',
    'OTHERINCOME',
    'REVENUE',
    'SALES',
  ]),
  taxType: z.string(),
  description: z.string(),
  status: z.enum(['ACTIVE', 'ARCHIVED']),
  system: z.string(),
  bankNumber: z.string(),
  payments: z.boolean(),
  /** Of a bank account; empty for the organisation's own. */
  currency: z.string().default(''),
  updatedMs: z.number(),
});

export type Account = z.infer<typeof accountRecord>;
