// The options of letting clients in (XERO.md 1).
import { rule } from './option-rule.ts';

export const identityOptions = {
  'scope-kind': rule(
    ['both', 'granular'],
    'both',
    'Whether broad scopes are given to apps from before 2026-03-02 (custom connections 2026-04-29), as they are until 2027-09-13; newer ones get granular ones only (XERO.md 1.3).',
  ),
  'journals-scope': rule(
    ['older', 'advanced'],
    'older',
    'Who may ask for accounting.journals.read: apps of tier Advanced, and those from before the tiers, of which nothing is told; or tier Advanced alone (XERO.md 1.3).',
  ),
  'uncertified-cap': rule(
    ['2-apps', '25-organisations'],
    '2-apps',
    'What being uncertified limits: an organisation connects two such apps, or as older pages say, such an app 25 organisations (XERO.md 1.6).',
  ),
  'bulk-connect': rule(
    ['tier', 'on'],
    'tier',
    'Whether every consent page lets a person choose several organisations at once, or those of apps of tier Advanced only, as Xero does (XERO.md 1.4).',
  ),
  'credentials-scope': rule(
    ['all', 'refuse'],
    'all',
    'What a custom connection gets that sends no scope, as xero-node does, which sends scopes: all it may have, or invalid_scope (XERO.md 1.5).',
  ),
  'scope-refusal': rule(
    ['401', '403'],
    '401',
    'The status of a call whose token lacks the scope; real reports show 401, HTTP would say 403 (XERO.md 1.3).',
  ),
};
