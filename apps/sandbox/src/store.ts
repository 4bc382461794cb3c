// Records by id and by key, in the order of their last change, so that no call needs to look at all of them.

export type Stored = { readonly id: string; readonly updatedMs: number };

/** The keys a record can be found by: index name to value; undefined where it has none. */
export type Keys = Readonly<Record<string, string | undefined>>;

export type Store<T extends Stored> = {
  readonly size: number;
  get(id: string): T | undefined;
  /** The first record that has this key in that index. */
  find(index: string, key: string): T | undefined;
  findAll(index: string, key: string): readonly T[];
  /** Everything, oldest change first, equal instants by id. Do not keep or change the list. */
  ordered(): readonly T[];
  /** Stores a record in place of the one of its id; returns the one it replaced. */
  put(record: T): T | undefined;
  remove(id: string): T | undefined;
  clear(): void;
};

export function createStore<T extends Stored>(keysOf: (record: T) => Keys): Store<T> {
  const byId = new Map<string, T>();
  const indexes = createIndexes(keysOf);
  let inOrder: T[] | undefined;
  const remove = (id: string): T | undefined => {
    const record = byId.get(id);
    if (record === undefined) return undefined;
    byId.delete(id);
    indexes.remove(record);
    inOrder = undefined;
    return record;
  };
  return {
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    find: (name, key) => indexes.all(name, key)[0],
    findAll: (name, key) => indexes.all(name, key),
    ordered() {
      // The map is nearly in this order already, and sorting what is nearly sorted is quick.
      inOrder ??= [...byId.values()].sort(byChange);
      return inOrder;
    },
    put(record) {
      const before = remove(record.id);
      byId.set(record.id, record);
      indexes.add(record);
      inOrder = undefined;
      return before;
    },
    remove,
    clear() {
      byId.clear();
      indexes.clear();
      inOrder = undefined;
    },
  };
}

function createIndexes<T extends Stored>(keysOf: (record: T) => Keys) {
  const indexes = new Map<string, Map<string, T[]>>();
  return {
    all: (name: string, key: string): readonly T[] => indexes.get(name)?.get(key) ?? [],
    add(record: T): void {
      for (const [name, key] of Object.entries(keysOf(record))) {
        if (key === undefined) continue;
        const entries = indexes.get(name) ?? new Map<string, T[]>();
        indexes.set(name, entries);
        const same = entries.get(key);
        if (same === undefined) entries.set(key, [record]);
        else same.push(record);
      }
    },
    remove(record: T): void {
      for (const [name, key] of Object.entries(keysOf(record))) {
        const entries = indexes.get(name);
        const same = key === undefined ? undefined : entries?.get(key);
        if (key === undefined || entries === undefined || same === undefined) continue;
        if (same.length === 1) entries.delete(key);
        else
          entries.set(
            key,
            same.filter((other) => other.id !== record.id),
          );
      }
    },
    clear: () => indexes.clear(),
  };
}

function byChange(a: Stored, b: Stored): number {
  if (a.updatedMs !== b.updatedMs) return a.updatedMs - b.updatedMs;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
