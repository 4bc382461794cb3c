// Filters live in the address bar: a copied link shows the same list, and Back undoes the last choice.
import { useSearchParams } from '@solidjs/router';

export interface UrlFilter {
  /** The value of a key; undefined when absent or given twice. */
  get(key: string): string | undefined;
  /** The value if it is one of those allowed, so that a mistyped link filters nothing. */
  pick<T extends string>(key: string, allowed: readonly T[]): T | undefined;
  flag(key: string): boolean | undefined;
  set(key: string, value: string | undefined): void;
  clear(keys: readonly string[]): void;
}

export function createUrlFilter(): UrlFilter {
  const [params, setParams] = useSearchParams();
  const get = (key: string) => {
    const value = params[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    get,
    pick: (key, allowed) => allowed.find((candidate) => candidate === get(key)),
    flag: (key) => {
      const value = get(key);
      return value === 'yes' ? true : value === 'no' ? false : undefined;
    },
    set: (key, value) => setParams({ [key]: value === '' ? undefined : value }),
    clear: (keys) => setParams(Object.fromEntries(keys.map((key) => [key, undefined]))),
  };
}
