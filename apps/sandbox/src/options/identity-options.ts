// The options of letting clients in (XERO.md 1).
import { rule } from './option-rule.ts';

export const identityOptions = {
  'scope-kind': rule(
    ['both', 'granular'],
    'both',
    'Whether broad scopes are still given; apps made since 2026-03-02 get granular ones only, older ones both until 2027-09-13 (XERO.md 1.3).',
  ),
  'bulk-connect': rule(
    ['off', 'on'],
    'off',
    'Whether the consent page lets a person choose several organisations at once, which Xero gives to apps of tier Advanced (XERO.md 1.4).',
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
