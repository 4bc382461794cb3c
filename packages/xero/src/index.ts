// Xero, as the rest of the house may use it.
export type {
  AccessToken,
  CallResult,
  Element,
  FindCall,
  Gate,
  SendCall,
  SendResult,
  XeroApi,
  XeroOptions,
} from './api.ts';
export { createXeroApi } from './client.ts';
export { parseElements } from './element.ts';
export { type Explanation, explain, type ProblemClass } from './failure.ts';
export { fieldsOf, lineIdsOf, toldByBoth } from './fields.ts';
export { freeze, hashOf, thaw } from './freeze.ts';
export {
  createChallenge,
  createOauth,
  type Granted,
  type Oauth,
  type OauthOptions,
  scopes,
  type Tenant,
  type Tokens,
} from './oauth.ts';
export {
  createXeroLists,
  parseAccounts,
  parseTaxRates,
  type ReadResult,
  type XeroAccount,
  type XeroLists,
  type XeroTaxRate,
} from './pages.ts';
export { redact } from './private.ts';
export { timeZones } from './time-zone.ts';
export type {
  Resource,
  Wire,
  WireContact,
  WireCreditNote,
  WireInvoice,
  WireItem,
  WireLine,
  WireOf,
  WirePhone,
} from './wire.ts';
