// Records by id and by key, in the order of their last change, so that no call needs to look at all of them.

import { createChangeOrder, type Stored } from './change-order.ts';

export type { Stored } from './change-order.ts';

/** The keys a record can be found by: index name to value; undefined where it has none. */
export type Keys = Readonly<Record<string, string | undefined>>;

export type Store<T extends Stored> = {
  readonly size: number;
  get(id: string): T | undefined;
  /** The first record that has this key in that index, of those that pass the test. */
  find(index: string, key: string, test?: (record: T) => boolean): T | undefined;
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
  const order = createChangeOrder<T>();
  const remove = (id: string): T | undefined => {
    const record = byId.get(id);
    if (record === undefined) return undefined;
    byId.delete(id);
    indexes.remove(record);
    order.remove(record);
    return record;
  };
  return {
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    find: (name, key, test) => indexes.first(name, key, test),
    findAll: (name, key) => indexes.all(name, key),
    ordered: () => order.list(),
    put(record) {
      const before = byId.get(record.id);
      byId.set(record.id, record);
      if (before === undefined) {
        indexes.add(record);
        order.add(record);
      } else {
        indexes.replace(before, record);
        order.replace(before, record);
      }
      return before;
    },
    remove,
    clear() {
      byId.clear();
      indexes.clear();
      order.clear();
    },
  };
}

/** Keys have one record nearly always, which stands there itself: a list of its own for each would take room. */
function createIndexes<T extends Stored>(keysOf: (record: T) => Keys) {
  const { entriesOf, clear } = createEntries<T>();
  const at = (name: string, key: string): readonly T[] => {
    const found = entriesOf(name).get(key);
    return found === undefined ? [] : isList(found) ? found : [found];
  };
  const addKey = (name: string, key: string | undefined, record: T): void => {
    if (key === undefined) return;
    const entries = entriesOf(name);
    const same = entries.get(key);
    if (same === undefined) entries.set(key, record);
    else if (isList(same)) same.push(record);
    else entries.set(key, [same, record]);
  };
  const removeKey = (name: string, key: string | undefined, record: T): void => {
    if (key === undefined) return;
    const left = at(name, key).filter((other) => other.id !== record.id);
    const [only] = left;
    if (only === undefined) entriesOf(name).delete(key);
    else entriesOf(name).set(key, left.length === 1 ? only : left);
  };
  return {
    all: at,
    first(name: string, key: string, test?: (record: T) => boolean): T | undefined {
      const found = entriesOf(name).get(key);
      if (found === undefined) return undefined;
      if (isList(found)) return test === undefined ? found[0] : found.find(test);
      return test === undefined || test(found) ? found : undefined;
    },
    add(record: T): void {
      const keys = keysOf(record);
      for (const name in keys) addKey(name, keys[name], record);
    },
    remove(record: T): void {
      const keys = keysOf(record);
      for (const name in keys) removeKey(name, keys[name], record);
    },
    replace(before: T, record: T): void {
      const [old, keys] = [keysOf(before), keysOf(record)];
      // A key of its own, which it keeps, is what a record has nearly always.
      const keeps = (name: string, key: string): boolean =>
        old[name] === key && keys[name] === key && entriesOf(name).get(key) === before;
      for (const name in old) if (!keeps(name, old[name] ?? '')) removeKey(name, old[name], before);
      for (const name in keys) {
        const key = keys[name];
        if (key !== undefined && keeps(name, key)) entriesOf(name).set(key, record);
        else addKey(name, key, record);
      }
    },
    clear,
  };
}

/** The records by key, of each index. */
function createEntries<T>() {
  const indexes = new Map<string, Map<string, T | T[]>>();
  /** The index that was asked for last, which is the one that is asked for next as a rule. */
  let last: { readonly name: string; readonly entries: Map<string, T | T[]> } | undefined;
  return {
    entriesOf(name: string): Map<string, T | T[]> {
      if (last?.name === name) return last.entries;
      const entries = indexes.get(name) ?? new Map<string, T | T[]>();
      indexes.set(name, entries);
      last = { name, entries };
      return entries;
    },
    clear(): void {
      indexes.clear();
      last = undefined;
    },
  };
}

function isList<T extends Stored>(found: T | T[]): found is T[] {
  return Array.isArray(found);
}
