// What a resource gets to answer an allowed call, and the session in which a write changes its organisation.
import type { Source } from '../fields.ts';
import type { Options } from '../options.ts';
import type { Organisation } from '../organisation.ts';
import { applyChange, type OrganisationChange } from '../organisation-change.ts';
import type { Reply } from '../reply.ts';
import { noteCreation } from '../webhook/event.ts';
import type { Chosen } from './faulty.ts';

export type Visit = {
  readonly options: Options;
  readonly organisation: Organisation;
  /** The app that calls. */
  readonly client: string;
  readonly nowMs: number;
  readonly query: URLSearchParams;
  readonly ifModifiedSince: string | undefined;
  readonly body: string;
  /** The body as it came, for files. */
  readonly bytes: Uint8Array;
  /** Whether a PDF is asked for in place of JSON. */
  readonly wantsPdf?: boolean;
  /** The media type that was sent, or an empty text. */
  readonly mediaType: string;
  /** Whether somebody is told by webhook what changes. */
  readonly isTold: boolean;
  /** Says which elements of a batch are to fail, for a test. */
  readonly chosen?: Chosen | undefined;
  /** Decimals of unit prices, on the way in and out: the parameter `unitdp`. */
  readonly places: 2 | 4;
};

export type Session = {
  readonly options: Options;
  readonly organisation: Organisation;
  readonly client: string;
  readonly nowMs: number;
  readonly query: URLSearchParams;
  readonly places: 2 | 4;
  readonly isTold: boolean;
  /** What was changed so far, for the journal. */
  readonly changes: OrganisationChange[];
  readonly undos: (() => void)[];
};

/** How an element of a write finds its record. */
export type Matching =
  | { readonly kind: 'create' }
  | { readonly kind: 'upsert' }
  | { readonly kind: 'id'; readonly id: string };

export type Written =
  | {
      readonly kind: 'saved';
      /** The record as the reply shows it. */
      readonly view: () => object;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly id: string;
      readonly messages: readonly string[];
      readonly lines?: LineMessages;
    }
  | { readonly kind: 'missing' };

/** The messages of single lines, by their position. */
export type LineMessages = ReadonlyMap<number, readonly string[]>;

export type Writer = {
  /** The member that holds the elements, such as `Invoices`. */
  readonly envelope: string;
  readonly idField: string;
  /** The boolean Xero sets on a faulty element; Items have none. */
  readonly errorFlag: 'HasErrors' | 'HasValidationErrors' | undefined;
  /** The most elements of one call that makes or changes several; without it there is no limit (XERO.md 4.1). */
  readonly elementsMax?: { readonly create: number; readonly upsert: number };
  readonly write: (session: Session, source: Source, matching: Matching) => Written;
};

/** What a call came to: its reply, and what it changed, for the journal. */
export type Done = { readonly reply: Reply; readonly changes: readonly OrganisationChange[] };

/** An address below a record, such as `/CreditNotes/{id}/Allocations`; `rest` is what follows its name. */
export type Part = (visit: Visit, method: string, id: string, rest: readonly string[]) => Done;

export type Resource = {
  /** Scopes of which one opens it; reading is also opened by `<scope>.read`. */
  readonly scopes: readonly string[];
  readonly list: (visit: Visit) => Reply;
  readonly one: (visit: Visit, id: string) => Reply;
  readonly writer?: Writer;
  /** Whether PUT of the collection makes records, and POST makes or changes them; 'put' where there is no such POST. */
  readonly creates?: true | 'put';
  /** What refuses every call of it, such as a permission that is lacking. */
  readonly refusal?: (visit: Visit) => Reply | undefined;
  readonly remove?: (session: Session, id: string) => Reply;
  /** By the name in lower case. */
  readonly parts?: ReadonlyMap<string, Part>;
};

export function openSession(visit: Visit): Session {
  const { options, organisation, client, nowMs, query, places, isTold } = visit;
  return { options, organisation, client, nowMs, query, places, isTold, changes: [], undos: [] };
}

/** Carries out a change within the session. */
export function change(session: Session, one: OrganisationChange): void {
  if (session.isTold) noteCreation(session.organisation, one);
  session.undos.push(applyChange(session.organisation, one));
  session.changes.push(one);
}

/** Takes back everything after the first `kept` changes. */
export function rollBack(session: Session, kept: number): void {
  while (session.undos.length > kept) session.undos.pop()?.();
  session.changes.length = kept;
}
