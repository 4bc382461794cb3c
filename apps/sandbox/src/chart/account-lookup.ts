// Finds an account by what a client names it with.
import { fold } from '../contact/contact.ts';
import { readGuid, readText, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import type { Account } from './account.ts';

/** An object such as `{"AccountID": …}` or `{"Code": …}`. */
export function findAccount(organisation: Organisation, source: Source | undefined): Account | undefined {
  if (source === undefined) return undefined;
  const id = readGuid(source, 'AccountID');
  if (id !== undefined) return organisation.accounts.get(id);
  const code = readText(source, 'Code');
  return code === undefined || code === '' ? undefined : organisation.accounts.find('code', fold(code));
}
