// Puts records into stores and takes them out, each with what undoes it.
import type { Store, Stored } from './store.ts';

export function put<T extends Stored>(store: Store<T>, record: T): () => void {
  const before = store.put(record);
  return () => {
    if (before === undefined) store.remove(record.id);
    else store.put(before);
  };
}

export function remove<T extends Stored>(store: Store<T>, id: string): () => void {
  const gone = store.remove(id);
  return () => {
    if (gone !== undefined) store.put(gone);
  };
}

export function putKeyed<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): () => void {
  const before = map.get(key);
  map.set(key, value);
  return () => {
    if (before === undefined) map.delete(key);
    else map.set(key, before);
  };
}
