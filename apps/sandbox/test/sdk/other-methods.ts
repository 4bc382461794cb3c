// Methods of xero-node's AccountingApi that the walk leaves out, each with its reason.

type Left = { readonly names: RegExp; readonly reason: string };

const absent = 'a resource that the sandbox does not have';

export const otherMethods: readonly Left[] = [
  { names: /BrandingTheme/, reason: absent },
  { names: /Budget/, reason: absent },
  { names: /ExpenseClaim/, reason: absent },
  { names: /LinkedTransaction/, reason: absent },
  { names: /PaymentService/, reason: absent },
  { names: /^getUsers?$/, reason: absent },
  { names: /^postSetup$/, reason: absent },
  { names: /^getInvoiceReminders$/, reason: absent },
  { names: /CISSettings$/, reason: 'the Construction Industry Scheme, which the sandbox does not have' },
  { names: /^getOnlineInvoice$/, reason: 'a page of Xero for the customer, which the sandbox does not have' },
  {
    names: /^getReport(BalanceSheet|ExecutiveSummary|ProfitAndLoss|TenNinetyNine|FromId)$|^getReportsList$/,
    reason: 'a report that the sandbox does not have',
  },
];
