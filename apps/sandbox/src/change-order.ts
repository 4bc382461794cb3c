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

/** So many records are sorted at once where they come in no order; more would take a noticeable time when somebody asks for the list. */
const addedMax = 1_000;

export function createChangeOrder<T extends Stored>(): ChangeOrder<T> {
  let listed: readonly T[] = [];
  /** In order; comes after what is listed, as a rule. */
  let late: T[] = [];
  const arrivals = createArrivals<T>();
  /** Records that are listed or late and should not be. */
  const gone = new Set<T>();
  const renewals = createRenewals<T>();

  const sortArrivals = (): void => {
    const sorted = arrivals.take();
    if (isBefore(late, sorted)) for (const record of sorted) late.push(record);
    else late = late.concat(sorted).sort(byChange);
  };
  const add = (record: T): void => {
    // One that comes back as it was has kept its place.
    if (gone.size > 0 && gone.delete(record)) return;
    if (arrivals.areOver(record, late.at(-1)?.updatedMs ?? Number.NEGATIVE_INFINITY)) sortArrivals();
    arrivals.add(record);
  };
  const remove = (record: T): void => {
    // So many of one instant came while the clock stood still; looking through all of them each time would take long.
    if (arrivals.size() > addedMax) sortArrivals();
    if (!arrivals.remove(record)) gone.add(renewals.take(record));
  };
  return {
    add,
    remove,
    replace(before, record) {
      if (arrivals.size() > addedMax) sortArrivals();
      if (before.updatedMs !== record.updatedMs) {
        remove(before);
        add(record);
      } else if (!arrivals.replace(before, record)) renewals.renew(before, record);
    },
    clear() {
      listed = [];
      late = [];
      arrivals.take();
      gone.clear();
      renewals.clear();
    },
    list() {
      sortArrivals();
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

/** The last records that came, which as a rule have one instant, that of a call. */
function createArrivals<T extends Stored>() {
  let added: T[] = [];
  let earliestMs = Number.POSITIVE_INFINITY;
  const placeOf = (record: T): number => (record.updatedMs < earliestMs ? -1 : added.lastIndexOf(record));
  return {
    size: () => added.length,
    add(record: T): void {
      added.push(record);
      earliestMs = Math.min(earliestMs, record.updatedMs);
    },
    /** Returns whether it was there. */
    remove(record: T): boolean {
      const at = placeOf(record);
      if (at >= 0) added.splice(at, 1);
      return at >= 0;
    },
    /** Puts a record of the same instant in the place of another; returns whether that was there. */
    replace(before: T, record: T): boolean {
      const at = placeOf(before);
      if (at >= 0) added[at] = record;
      return at >= 0;
    },
    /** Whether they are to be sorted as the next instant begins, while they are few and still at hand; `lateMs` is the last instant before them. */
    areOver(next: T, lateMs: number): boolean {
      const last = added.at(-1);
      if (last === undefined || last.updatedMs === next.updatedMs) return false;
      return earliestMs > lateMs || added.length >= addedMax;
    },
    /** All of them in order; none are left. */
    take(): readonly T[] {
      const sorted = added.sort(byChange);
      added = [];
      earliestMs = Number.POSITIVE_INFINITY;
      return sorted;
    },
  };
}

/** Records that were changed and kept their instant, as items whose stock moves: they stand where their former selves are listed. */
function createRenewals<T extends Stored>() {
  /** By id: what is listed, and what it is by now. */
  const renewed = new Map<string, { readonly former: T; record: T }>();
  return {
    /** Notes what a record became. */
    renew(before: T, record: T): void {
      const known = renewed.get(record.id);
      if (known?.former === record) renewed.delete(record.id);
      else if (known !== undefined) known.record = record;
      else if (before !== record) renewed.set(record.id, { former: before, record });
    },
    /** Forgets a record; returns what is listed for it. */
    take(record: T): T {
      const known = renewed.get(record.id);
      if (known === undefined) return record;
      renewed.delete(record.id);
      return known.former;
    },
    /** Both lists with the records as they are by now. */
    carryOut(listed: readonly T[], late: T[]): [readonly T[], T[]] {
      if (renewed.size === 0) return [listed, late];
      const present = new Map([...renewed.values()].map(({ former, record }) => [former, record]));
      const renew = (record: T): T => present.get(record) ?? record;
      renewed.clear();
      return [listed.map(renew), late.map(renew)];
    },
    clear: () => renewed.clear(),
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
