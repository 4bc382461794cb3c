// What Xero holds now of the members of an update, where its reads name no ids: by number first, and by Xero's id whatever has another number there.
import type { CallResult, FindCall, XeroApi } from '@stockbook/xero';

/** A second read only for those that the numbers do not find: they were renumbered, here or there, or are gone. */
export async function readCurrent(
  api: XeroApi,
  byNumber: FindCall,
  xeroIds: readonly (string | undefined)[],
): Promise<CallResult> {
  const found = await api.find(byNumber);
  if (found.kind === 'failed') return found;
  const seen = new Set(found.elements.map((element) => element.xeroId));
  const missing = xeroIds.flatMap((id) => (id === undefined || seen.has(id) ? [] : [id]));
  if (missing.length === 0) return found;
  const rest = await api.find({ resource: byNumber.resource, by: 'id', values: missing });
  const calls = found.calls + rest.calls;
  if (rest.kind === 'failed') return { ...rest, calls };
  const elements = [...found.elements, ...rest.elements];
  return { ...rest, calls, elements, text: `${found.text}\n${rest.text}` };
}
