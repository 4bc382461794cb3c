// The request in whose course something happens, so that an error can be found by the id its client was told.
import { AsyncLocalStorage } from 'node:async_hooks';

export const requestScope = new AsyncLocalStorage<{ requestId: string; organisation?: string }>();

export function requestId(): string {
  return requestScope.getStore()?.requestId ?? 'none';
}

/** The organisation that the request is about, where one is known. */
export function requestOrganisation(): string | undefined {
  return requestScope.getStore()?.organisation;
}
