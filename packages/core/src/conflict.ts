// Whether an update may go: what Xero holds now, beside what both sides last held and what is to be sent.

/** What a record says, field by field, as plain text: 'total' to '24.41'. A field that is missing says nothing. */
export type Fields = ReadonlyMap<string, string>;

export interface Difference {
  field: string;
  ours: string | null;
  /** As both sides last held it. */
  agreed: string;
  theirs: string;
}

export type Comparison =
  /** Nobody touched it in Xero: the update may go. */
  | { kind: 'send' }
  /** Xero holds already what would be sent: a lost answer, or a person who made the same change. */
  | { kind: 'landed' }
  /** Somebody changed it in Xero, or it is gone from there (`theirs` undefined): a person must choose. */
  | { kind: 'conflict'; differences: Difference[] };

/** `ours` says only what would be sent; what it leaves out stays as it is in Xero. */
export function compareUpdate(agreed: Fields, theirs: Fields | undefined, ours: Fields): Comparison {
  if (theirs === undefined) return { kind: 'conflict', differences: [] };
  const landed = [...ours].every(([field, text]) => text === (theirs.get(field) ?? ''));
  if (landed) return { kind: 'landed' };
  const differences = listDifferences(agreed, theirs, ours).filter((each) => each.agreed !== each.theirs);
  return differences.length === 0 ? { kind: 'send' } : { kind: 'conflict', differences };
}

/** Every field on which the three do not agree, in the order in which Xero tells them. */
export function listDifferences(agreed: Fields, theirs: Fields, ours: Fields): Difference[] {
  const fields = new Set([...theirs.keys(), ...agreed.keys(), ...ours.keys()]);
  return [...fields].flatMap((field) => {
    const difference: Difference = {
      field,
      ours: ours.get(field) ?? null,
      agreed: agreed.get(field) ?? '',
      theirs: theirs.get(field) ?? '',
    };
    const same =
      difference.agreed === difference.theirs && (difference.ours ?? difference.theirs) === difference.theirs;
    return same ? [] : [difference];
  });
}

const namedMax = 3;

/** What was changed in Xero, in one sentence. */
export function conflictWords(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Xero no longer has it where it was: choose what holds';
  const named = differences
    .slice(0, namedMax)
    .map(({ field, agreed, theirs }) => `${field} ${shown(theirs)} instead of ${shown(agreed)}`);
  const more = differences.length - named.length;
  return `Xero was changed: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Choose what holds`;
}

const shownMax = 60;

function shown(text: string): string {
  if (text === '') return 'nothing';
  return `“${text.length > shownMax ? `${text.slice(0, shownMax)} …` : text}”`;
}
