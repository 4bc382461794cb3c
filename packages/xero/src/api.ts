// What the rest of the house sees of Xero: one call at a time, answered or failed; no sleeping and no retries here.
import type { Allowance, Failure, TaxedLine } from '@stockbook/core';
import type { Resource } from './wire.ts';

/** Asked around each request's token; a failure keeps the request back. */
export interface Gate {
  /** Before the token is asked for: this may wait, and a token read before would say nothing of who may send. */
  permit(): Promise<Failure | undefined>;
  /** With the token at hand, last of all: it may have taken seconds to come. */
  last(): Promise<Failure | undefined>;
}

export interface SendCall {
  resource: Resource;
  /** create goes by PUT, update by POST. */
  action: 'create' | 'update';
  /** The frozen text, see freeze(). */
  body: string;
  /** The SHA-256 that freeze() gave with it. */
  hash: string;
  /** Idempotency key, at most 128 characters (XERO.md 3). */
  key: string;
  gate?: Gate;
}

/** One element of Xero's answer, with what it can be matched by. */
export interface Element {
  verdict: 'ok' | 'warning' | 'error';
  xeroId: string | null;
  /** InvoiceNumber, CreditNoteNumber or ContactNumber. */
  number: string | null;
  /** A document's Type: ACCREC, ACCPAY, ACCRECCREDIT, ... */
  type: string | null;
  /** An item's Code. */
  code: string | null;
  /** A contact's or item's Name. */
  name: string | null;
  /** Xero's own words. */
  messages: string[];
  warnings: string[];
  /** AUTHORISED, PAID, ACTIVE, ... */
  status: string | null;
  /** 'YYYY-MM-DD' */
  date: string | null;
  currency: string | null;
  subTotal: string | null;
  totalTax: string | null;
  total: string | null;
  /** What each line of a document comes to; null where it came without them, as in a list that is not paged (XERO.md 5). */
  lines: TaxedLine[] | null;
  /** The element as JSON text. */
  text: string;
}

/** What a call came to; `calls` counts the requests that went, refused ones included (a look may need several). */
export type CallResult =
  | {
      kind: 'answered';
      status: number;
      elements: Element[];
      allowance: Allowance;
      calls: number;
      /** The whole answer as JSON text; of a look with several pages, one page a line. */
      text: string;
    }
  | {
      kind: 'failed';
      failure: Failure;
      allowance: Allowance;
      calls: number;
      /** The beginning of what was answered, without what is private; absent where nothing was. */
      body?: string;
    };

/** `changed-text`: the text is not the one that was frozen; nothing was sent, the key counts as forgotten. */
export type SendResult = CallResult | { kind: 'changed-text' };

/** What to look for: numbers (contacts, invoices, credit notes), codes (items) or ids. */
export interface FindCall {
  resource: Resource;
  by: 'number' | 'code' | 'id';
  values: string[];
  gate?: Gate;
}

export interface XeroApi {
  tenantId: string;
  send(call: SendCall): Promise<SendResult>;
  /** Looks up by natural key; archived, voided and deleted ones are among the elements with their status. */
  find(call: FindCall): Promise<CallResult>;
}

/** An access token for the next call, or why there is none. */
export type AccessToken = { kind: 'token'; token: string } | { kind: 'failed'; failure: Failure };

export interface XeroOptions {
  /** Such as 'https://api.xero.com/api.xro/2.0'. */
  apiUrl: string;
  tenantId: string;
  /** Asked before each call. */
  accessToken: () => Promise<AccessToken>;
  timeoutMs: number;
  /** Makes each request in the place of a plain call; a caller may stand between here and the network. */
  wire?: <T>(request: () => Promise<T>, what: 'write' | 'read') => Promise<T>;
}
