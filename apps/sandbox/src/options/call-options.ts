// The options of a call whatever its resource: limits, keys, batches, media types (XERO.md 2 to 5).
import { rule } from './option-rule.ts';

export const callOptions = {
  'limit-window': rule(
    ['fixed', 'rolling'],
    'fixed',
    'Whether minutes and days are windows that begin at a moment of the organisation or always the last 60 s and 24 h; Xero documents fixed ones (XERO.md 2).',
  ),
  'limit-word-concurrent': rule(
    ['concurrent', 'concurrency'],
    'concurrent',
    'X-Rate-Limit-Problem of too many calls at once; nobody has shown the word (XERO.md 2).',
  ),
  'limit-word-app': rule(
    ['appminute', 'app'],
    'appminute',
    'X-Rate-Limit-Problem of the limit over all organisations; nobody has shown the word (XERO.md 2).',
  ),
  'limit-body': rule(['empty', 'text'], 'empty', 'The body of a 429, which is not documented (XERO.md 2).'),
  'key-concurrent': rule(
    ['wait', 'run'],
    'wait',
    'What a second call with a key does while the first is being carried out: wait for its reply, or run as well; not documented (XERO.md 3).',
  ),
  'summarised-400': rule(
    ['atomic', 'partial'],
    'atomic',
    'Whether the valid elements of a call refused as a whole are saved; that none is, is the usual reading (XERO.md 4.2).',
  ),
  'summarised-elements': rule(
    ['failing', 'all'],
    'failing',
    'Whether Elements of such a refusal lists only the failing ones (XERO.md 4.2).',
  ),
  'verdict-order': rule(
    ['request', 'reversed'],
    'request',
    'The order of the elements in a reply with summarizeErrors=false; request order is assumed (XERO.md 4.2).',
  ),
  'accept-missing': rule(
    ['json', 'refuse'],
    'json',
    'What a call without Accept or with */* gets: Xero would answer in XML, which the sandbox does not speak (XERO.md 5).',
  ),
  'body-limit': rule(
    ['10MB', '3.5MB'],
    '10MB',
    'The largest body; one page says 10 MB and still mentions 3.5 MB (XERO.md 4.1).',
  ),
  'webhook-word': rule(
    ['upper', 'title'],
    'upper',
    'How webhooks write eventType: CREATE and UPDATE, or Create and Update, which the documentation has shown as well (XERO.md 9).',
  ),
  'webhook-retry': rule(
    ['quarter-hour', 'decreasing'],
    'quarter-hour',
    'When a webhook is tried again after its immediate retry: every 15 minutes, or ever more rarely as an older page says (XERO.md 9).',
  ),
};
