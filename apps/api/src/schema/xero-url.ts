// Where a person looks at a record in Xero.

/** Xero's own pages by entity; the sandbox leads from an id to its page. Null without an address. */
export function xeroUrl(
  record: { entity: string; xeroId: string | null },
  sandboxUrl: string | undefined,
): string | null {
  if (record.xeroId === null) return null;
  if (sandboxUrl !== undefined)
    return inSandbox.has(record.entity) ? `${sandboxUrl}/record/${record.xeroId}` : `${sandboxUrl}/`;
  const page = pages[record.entity];
  return page === undefined ? null : `https://go.xero.com/${page}${record.xeroId}`;
}

const pages: Readonly<Record<string, string>> = {
  contacts: 'Contacts/View/',
  invoices: 'AccountsReceivable/View.aspx?InvoiceID=',
  'credit-notes': 'AccountsReceivable/ViewCreditNote.aspx?creditNoteID=',
};

const inSandbox = new Set(['contacts', 'items', 'invoices', 'credit-notes']);
