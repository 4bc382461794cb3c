// Which reply is whose: records and replies are matched by number or code, as Xero compares them.

/** The reply that bears a member's key: to the letter, or else in another case, unless that reply is another member's. */
export function matching<R extends { key: string | undefined }>(
  members: readonly { key: string }[],
  replies: readonly R[],
) {
  const exact = new Map<string, R>();
  for (const reply of replies) if (reply.key !== undefined) exact.set(reply.key.trim(), reply);
  const own = new Set(members.map((member) => member.key.trim()));
  const folded = new Map<string, R>();
  for (const [key, reply] of exact) if (!own.has(key)) folded.set(foldKey(key), reply);
  return ({ key }: { key: string }): R | undefined => exact.get(key.trim()) ?? folded.get(foldKey(key));
}

/** Xero compares numbers and codes without regard to case. */
export function foldKey(key: string): string {
  return key.trim().toLowerCase();
}
