// The catalogue's messages about a call as a whole.
import type { Entry } from './failure.ts';

export const calls: Entry[] = [
  {
    pattern: /^Idempotency Key: .* is used with a different request\.?$/i,
    class: 'key-reused',
    cause: 'The same key was used for another request a moment ago.',
    fix: 'Nothing: Stockbook looks what Xero has and sends the rest under a new key.',
  },
  {
    pattern:
      /^(AuthenticationUnsuccessful|AuthorizationUnsuccessful|TokenExpired|TokenInvalid|Unauthorized|Forbidden)\b.*$/i,
    class: 'permission',
    cause: 'Xero no longer lets Stockbook act for this organisation.',
    fix: 'Press Reconnect on the connection page. Nothing is lost: what waits goes on then.',
  },
  {
    pattern:
      /^(The Xero API is currently offline for maintenance|The Organisation is offline|An error occurred in Xero\. .*)\.?$/i,
    class: 'offline',
    cause: 'Xero is out of order or under maintenance.',
    fix: 'Nothing: Stockbook tries again by itself.',
    link: 'https://status.xero.com',
  },
  {
    pattern: /^(Error converting value .*|Expression expected|A validation exception occurred)\.?$/i,
    class: 'malformed',
    cause: 'Xero could not read what was sent.',
    fix: 'Report this with the words of Xero: it is a fault of Stockbook.',
  },
];
