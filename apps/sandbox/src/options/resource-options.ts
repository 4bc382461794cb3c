// The options of single resources: contacts, items, documents and their lists (XERO.md 5 to 8).
import { rule } from './option-rule.ts';

export const resourceOptions = {
  'high-volume': rule(
    ['100000', '100', 'off'],
    '100000',
    'How many records a list may touch before ErrorNumber 51 refuses it; Xero tells 100,000, and 100 is for trying it out (XERO.md 2).',
  ),
  'where-guid': rule(
    ['known', 'unknown'],
    'known',
    'Whether a where may write Guid("…"), or the id as a plain text only (XERO.md 5).',
  ),
};
