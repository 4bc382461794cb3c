// The store of records: whatever is put, changed, removed and put back, its lists and keys are those of a plain one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStore } from '../src/store.ts';

type Note = { readonly id: string; readonly updatedMs: number; readonly key: string };

function inOrder(notes: Iterable<Note>): Note[] {
  return [...notes].sort((a, b) => a.updatedMs - b.updatedMs || (a.id < b.id ? -1 : 1));
}

describe('a store', () => {
  it('lists its records by their last change, equal instants by id, after any steps (XERO.md 5)', () => {
    const ids = fc.integer({ min: 0, max: 15 }).map(String);
    const put = fc.record({
      id: ids,
      updatedMs: fc.integer({ min: 0, max: 3 }),
      key: fc.constantFrom('a', 'b'),
    });
    const step = fc.oneof(
      put.map((note) => ({ kind: 'put' as const, note })),
      put.map((note) => ({ kind: 'put and take back' as const, note })),
      ids.map((id) => ({ kind: 'renew' as const, id })),
      ids.map((id) => ({ kind: 'remove' as const, id })),
      fc.constant({ kind: 'list' as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = createStore<Note>(({ key }) => ({ key }));
        const plain = new Map<string, Note>();
        for (const one of steps) {
          if (one.kind === 'put') {
            store.put(one.note);
            plain.set(one.note.id, one.note);
          } else if (one.kind === 'put and take back') {
            const before = store.put(one.note);
            if (before === undefined) store.remove(one.note.id);
            else store.put(before);
          } else if (one.kind === 'renew') {
            // Changed without a new instant, as items whose stock moves are.
            const before = store.get(one.id);
            if (before === undefined) continue;
            const note = { ...before, key: before.key === 'a' ? 'b' : 'a' };
            store.put(note);
            plain.set(note.id, note);
          } else if (one.kind === 'remove') {
            store.remove(one.id);
            plain.delete(one.id);
          } else expect(store.ordered()).toEqual(inOrder(plain.values()));
        }
        expect(store.ordered()).toEqual(inOrder(plain.values()));
        expect(store.size).toBe(plain.size);
        for (const key of ['a', 'b']) {
          const expected = inOrder([...plain.values()].filter((note) => note.key === key));
          expect(inOrder(store.findAll('key', key))).toEqual(expected);
          expect(expected.length === 0 ? undefined : store.find('key', key)?.key).toBe(expected[0]?.key);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the order of thousands that come between two lists, and leaves a list alone that was given', () => {
    const store = createStore<Note>(() => ({}));
    const noteOf = (index: number): Note => ({
      id: String((index * 7_919) % 5_000),
      updatedMs: Math.floor(index / 50),
      key: '',
    });
    for (let index = 0; index < 2_500; index += 1) store.put(noteOf(index));
    const first = store.ordered();
    const copy = [...first];
    for (let index = 2_500; index < 5_000; index += 1) store.put(noteOf(index));
    store.remove(noteOf(17).id);
    expect(store.ordered()).toEqual(
      inOrder(Array.from({ length: 5_000 }, (_, index) => noteOf(index)).filter((_, index) => index !== 17)),
    );
    expect(first).toEqual(copy);
  });
});
