// Keeps records in the order of their last change, oldest first, without sorting all of them again for each list.

export type Stored = { readonly id: string; readonly updatedMs: number };

export type ChangeOrder<T extends Stored> = {
  add(record: T): void;
  remove(record: T): void;
  /** Puts a record where its former self stands, whose id it has. */
  replace(before: T, record: T): void;
  clear(): void;
  /** Equal instants by id. Do not change the list; it stays as it is while records come and go. */
  list(): readonly T[];
};

/** So many records are sorted at once; more would take a noticeable time when somebody asks for the list. */
const addedMax = 1_000;

export function createChangeOrder<T extends Stored>(): ChangeOrder<T> {
  let listed: readonly T[] = [];
  /** In order; comes after what is listed, as a rule. */
  let late: T[] = [];
  const added = new Set<T>();
  /** Records that are listed or late and should not be. */
  const gone = new Set<T>();
  const renewals = createRenewals<T>();

  const sortAdded = (): void => {
    if (added.size === 0) return;
    const sorted = [...added].sort(byChange);
    added.clear();
    if (isBefore(late, sorted)) for (const record of sorted) late.push(record);
    else late = [...late, ...sorted].sort(byChange);
  };
  const add = (record: T): void => {
    // One that comes back as it was has kept its place.
    if (gone.delete(record)) return;
    added.add(record);
    if (added.size >= addedMax) sortAdded();
  };
  const remove = (record: T): void => {
    if (added.delete(record)) return;
    gone.add(renewals.take(record));
  };
  return {
    add,
    remove,
    replace(before, record) {
      if (before.updatedMs === record.updatedMs && !added.has(before))
        renewals.add(record, renewals.take(before));
      else {
        remove(before);
        add(record);
      }
    },
    clear() {
      listed = [];
      late = [];
      added.clear();
      gone.clear();
      renewals.clear();
    },
    list() {
      sortAdded();
      if (gone.size > 0) {
        listed = listed.filter((record) => !gone.has(record));
        late = late.filter((record) => !gone.has(record));
        gone.clear();
      }
      [listed, late] = renewals.carryOut(listed, late);
      if (late.length > 0) {
        listed = isBefore(listed, late) ? listed.concat(late) : listed.concat(late).sort(byChange);
        late = [];
      }
      return listed;
    },
  };
}

/** Records that were changed and kept their instant, as items whose stock moves: they stand where their former selves are listed. */
function createRenewals<T>() {
  const listedAs = new Map<T, T>();
  return {
    add(record: T, former: T): void {
      if (former !== record) listedAs.set(record, former);
    },
    /** Forgets a record; returns what is listed for it. */
    take(record: T): T {
      const former = listedAs.get(record) ?? record;
      listedAs.delete(record);
      return former;
    },
    /** Both lists with the records as they are by now. */
    carryOut(listed: readonly T[], late: T[]): [readonly T[], T[]] {
      if (listedAs.size === 0) return [listed, late];
      const present = new Map([...listedAs].map(([record, former]) => [former, record]));
      const renew = (record: T): T => present.get(record) ?? record;
      listedAs.clear();
      return [listed.map(renew), late.map(renew)];
    },
    clear: () => listedAs.clear(),
  };
}

/** Whether two lists in order are in order one after the other. */
function isBefore(first: readonly Stored[], second: readonly Stored[]): boolean {
  const [last, next] = [first.at(-1), second[0]];
  return last === undefined || next === undefined || byChange(last, next) <= 0;
}

function byChange(a: Stored, b: Stored): number {
  if (a.updatedMs !== b.updatedMs) return a.updatedMs - b.updatedMs;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
