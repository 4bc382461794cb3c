// The options of single resources: contacts, items, documents and their lists (XERO.md 5 to 8).

export const resourceOptions = {};
