// The options of the ledger, tax and stock.

export const ledgerOptions = {};
