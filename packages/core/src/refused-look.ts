// A look or a comparison that Xero refuses: asked again, it would be refused again.
import type { ExportView, Reply, Settlement } from './export.ts';

const leftMs = 15 * 60_000;

/** What may have been carried out stays unknown until a later run is told; what has certainly not gone is refused, and a person can have it tried again. `words` are Xero's. */
export function settleRefusedLook<R extends Reply>(view: ExportView, words: string): Settlement<R> {
  if (view.unknown)
    return {
      ...{ kind: 'left', waitMs: leftMs },
      why: `It may be in Xero or not, and Xero refuses to say: the next sync asks again. ${words}`,
    };
  const reason = `Not sent, since Xero refuses to show what it holds. ${words}`;
  const rejected = view.members.map((member) => ({ member, reason }));
  return { kind: 'settled', sent: [], rejected, unanswered: [] };
}
