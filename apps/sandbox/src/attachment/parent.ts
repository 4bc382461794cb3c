// The kinds of records that files and history notes can hang on.
import type { Organisation } from '../organisation.ts';

export type Parent = {
  /** As it stands in addresses, such as `Invoices`. */
  readonly endpoint: string;
  /** Whether `IncludeOnline` means something, on sales documents of the kind. */
  readonly hasOnline: boolean;
  /** The record, with its type where it has one. */
  readonly find: (
    organisation: Organisation,
    id: string,
  ) => { readonly id: string; readonly type?: string } | undefined;
};
